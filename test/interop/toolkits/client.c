/* Charges an amount with the C code that gSOAP generates from the WSDL of AmountCharging 4.0.
 *
 *   wsdl2h -c -t client.typemap -o payment.h WSDL_URL
 *   soapcpp2 -c -C -L -x payment.h
 *   cc -I. -o client client.c soapC.c soapClient.c -lgsoap
 *   ./client ENDPOINT_URL END_USER_IDENTIFIER DESCRIPTION AMOUNT REFERENCE_CODE
 *
 * Writes {"answer": {}} or {"fault": {...}} or {"error": "..."}.
 */
#include <stdio.h>
#include "soapH.h"
#include "AmountChargingBinding.nsmap"

static void print_fault(struct soap *soap);
static void print_exception(const char *name, const char *messageId, const char *text, int size, char **variables);

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: %s ENDPOINT_URL END_USER_IDENTIFIER DESCRIPTION AMOUNT REFERENCE_CODE\n", argv[0]);
        return 2;
    }
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING);    /* the strings are UTF-8 */
    soap->recv_timeout = soap->send_timeout = soap->connect_timeout = 10;

    char currency[] = "EUR";
    char *descriptions[] = { argv[3] };
    struct common__ChargingInformation charge = {
        .__sizedescription = 1, .description = descriptions, .currency = currency, .amount = argv[4]
    };
    struct local__chargeAmount request = {
        .endUserIdentifier = argv[2], .charge = &charge, .referenceCode = argv[5]
    };
    struct local__chargeAmountResponse response;

    if (soap_call___charging__chargeAmount(soap, argv[1], NULL, &request, &response) == SOAP_OK)
        printf("{\"answer\": {}}\n");
    else if (soap->error == SOAP_FAULT && soap->fault->detail)
        print_fault(soap);
    else                                                /* no answer, or none that gSOAP understands */
        printf("{\"error\": \"gSOAP error %d\"}\n", soap->error);

    soap_destroy(soap);
    soap_end(soap);
    soap_free(soap);
    return 0;
}

/* The exception of the service stands in the detail, in the member with its name. */
static void print_fault(struct soap *soap)
{
    struct SOAP_ENV__Fault *fault = soap->fault;
    struct common__ServiceException *service = fault->detail->common__ServiceException;
    struct common__PolicyException *policy = fault->detail->common__PolicyException;

    printf("{\"fault\": {\"faultcode\": \"%s\", \"faultstring\": \"%s\"", fault->faultcode, fault->faultstring);
    if (service)
        print_exception("ServiceException", service->messageId, service->text,
                        service->__sizevariables, service->variables);
    if (policy)
        print_exception("PolicyException", policy->messageId, policy->text,
                        policy->__sizevariables, policy->variables);
    printf("}}\n");
}

static void print_exception(const char *name, const char *messageId, const char *text, int size, char **variables)
{
    printf(", \"exception\": \"%s\", \"messageId\": \"%s\", \"text\": \"%s\", \"variables\": [", name, messageId, text);
    for (int i = 0; i < size; i++)
        printf("%s\"%s\"", i ? ", " : "", variables[i]);
    printf("]");
}
