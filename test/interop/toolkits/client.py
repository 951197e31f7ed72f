"""Calls operations of a SOAP service with zeep, knowing nothing of the service but what its WSDL says.

    python3 client.py WSDL_URL

Reads one call a line from standard input:  {"operation": "chargeAmount", "arguments": {...}}
Writes one line for each of them:           {"answer": ...} or {"fault": {...}} or {"error": "..."}
"""
import json
import sys

import zeep
from zeep.helpers import serialize_object


def main(wsdl):
    client = zeep.Client(wsdl)
    for line in sys.stdin:
        call = json.loads(line)
        told = perform(client, call["operation"], call["arguments"])
        print(json.dumps(told, default=str), flush=True)  # str: an xsd:decimal is a Decimal here


def perform(client, operation, arguments):
    try:
        return {"answer": serialize_object(client.service[operation](**arguments))}
    except zeep.exceptions.Fault as fault:
        return {"fault": describe(client, fault)}
    except (zeep.exceptions.Error, ValueError, TypeError) as error:  # refused before it was sent
        return {"error": f"{type(error).__name__}: {error}"}


def describe(client, fault):
    """The exception of the service stands in the detail; the types of the WSDL make an object of it."""
    told = {"faultcode": fault.code, "faultstring": fault.message}
    for element in [] if fault.detail is None else fault.detail:
        exception = client.get_element(element.tag).parse(element, client.wsdl.types)
        told["exception"] = element.tag.split("}")[1]
        told["messageId"] = exception.messageId
        told["text"] = exception.text
        told["variables"] = exception.variables
    return told


main(sys.argv[1])
