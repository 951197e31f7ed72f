<?php
// Calls operations of a SOAP service with PHP's SoapClient, knowing nothing of the service but what its WSDL says.
//
//   php client.php WSDL_URL
//
// Reads one call a line from standard input:  {"operation": "chargeAmount", "arguments": {...}}
// Writes one line for each of them:           {"answer": ...} or {"fault": {...}} or {"error": "..."}

[, $wsdl] = $argv;

$client = new SoapClient($wsdl, [
    'cache_wsdl' => WSDL_CACHE_NONE,           // otherwise PHP keeps a WSDL in /tmp for a day
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,  // a list stays a list when it has one entry
]);

while (($line = fgets(STDIN)) !== false) {
    $call = json_decode($line, true);
    $told = perform($client, $call['operation'], $call['arguments']);
    echo json_encode($told, JSON_UNESCAPED_UNICODE), "\n";
}

function perform(SoapClient $client, string $operation, array $arguments): array
{
    try {
        // The one argument is the message (document/literal); its keys are the message parts.
        return ['answer' => $client->__soapCall($operation, [$arguments])];
    } catch (SoapFault $fault) {
        // Without a prefix the code is SoapClient's own: it could not write the message or reach the server.
        return in_array($fault->faultcode, ['Client', 'HTTP', 'WSDL'], true)
            ? ['error' => $fault->getMessage()]
            : ['fault' => describe($fault)];
    }
}

/** The exception of the service stands in the detail under its own name. */
function describe(SoapFault $fault): array
{
    $told = ['faultcode' => $fault->faultcode, 'faultstring' => $fault->faultstring];
    foreach (get_object_vars($fault->detail ?? new stdClass()) as $name => $exception) {
        $told['exception'] = $name;
        $told['messageId'] = $exception->messageId;
        $told['text'] = $exception->text;
        $told['variables'] = (array) ($exception->variables ?? []);  // one of them comes as a string
    }
    return $told;
}
