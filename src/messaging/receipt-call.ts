// What an application is told of a delivery, and by which of its operations (TS 29.199-4, TS 29.199-5).
import type { DeliveryStatus, ReceiptRequest } from '../ledger/evidence';
import type { OperationKey, Operations } from '../wsdl/messaging-operations.generated';

type NotificationKey = Extract<OperationKey, `${string}Notification.${string}`>;

export interface ReceiptCall {
  readonly endpoint: string;
  readonly key: NotificationKey;
  readonly version: string;
  readonly message: Operations[NotificationKey]['request'];
}

/** One recipient a call, under the correlator and in the version of the request. */
export function receiptCall(
  service: string,
  { endpoint, correlator, version }: ReceiptRequest,
  address: string,
  status: DeliveryStatus,
): ReceiptCall {
  return {
    endpoint,
    key:
      service === 'mms'
        ? 'MessageNotification.notifyMessageDeliveryReceipt'
        : 'SmsNotification.notifySmsDeliveryReceipt',
    version,
    message: { correlator, deliveryStatus: { address, deliveryStatus: status } },
  };
}
