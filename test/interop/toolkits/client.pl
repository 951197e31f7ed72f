#!/usr/bin/perl
# Calls operations of a SOAP service with SOAP::Lite.
#
#   perl client.pl ENDPOINT_URL NAMESPACE
#
# SOAP::Lite reads no types that a WSDL refers to by name, so it is told where the service is and in which namespace
# its messages are, instead of the WSDL.
#
# Reads one call a line from standard input:  {"operation": "chargeAmount", "arguments": {...}}
# Writes one line for each of them:           {"answer": ...} or {"fault": {...}} or {"error": "..."}
use strict;
use warnings;
use JSON::PP;
use SOAP::Lite;

$| = 1;
my ($endpoint, $namespace) = @ARGV;
my $json = JSON::PP->new->utf8->canonical;
my $client = SOAP::Lite->proxy($endpoint)->default_ns($namespace);
$client->on_action(sub { '""' });
$client->on_fault(sub { my (undef, $answer) = @_; return $answer });

while (my $line = <STDIN>) {
    my $call = $json->decode($line);
    my $answer = $client->call($call->{operation}, elements($call->{arguments}));
    my $told
        = !ref $answer   ? { error => "$answer" }
        : $answer->fault ? { fault => describe($answer) }
        :                  { answer => scalar $answer->result };
    print $json->encode($told), "\n";
}

# One element a name, or several where the value is a list. A hash has no order, so these come in that of the alphabet.
sub elements {
    my ($values) = @_;
    my @elements;
    for my $name (sort keys %$values) {
        my $value = $values->{$name};
        for my $each (ref $value eq 'ARRAY' ? @$value : $value) {
            my $element = SOAP::Data->name($name);
            # Typed, because it would send an amount as xsd:float, and text beyond ASCII as Base64.
            push @elements, ref $each
                ? $element->value(\SOAP::Data->value(elements($each)))
                : $element->type(string => $each);
        }
    }
    return @elements;
}

# The exception of the service stands in the detail under its own name.
sub describe {
    my ($answer) = @_;
    my %told = (faultcode => scalar $answer->faultcode, faultstring => scalar $answer->faultstring);
    my $detail = $answer->faultdetail || {};
    for my $name (keys %$detail) {
        my @variables = $answer->valueof("//detail/$name/variables");
        $told{exception} = $name;
        $told{messageId} = $detail->{$name}{messageId};
        $told{text}      = $detail->{$name}{text};
        $told{variables} = \@variables;
    }
    return \%told;
}
