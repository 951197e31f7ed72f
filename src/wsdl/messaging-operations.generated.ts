// Generated from wsdl/ by `npm run generate`; do not edit. One interface a message and a data type.
import type { Decimal } from './schema';

/** DeliveryInformation of http://www.csapi.org/schema/parlayx/multimedia_messaging/v4_0. */
export interface DeliveryInformation {
  readonly address: string;
  readonly deliveryStatus: 'DeliveredToNetwork' | 'DeliveryUncertain' | 'DeliveryImpossible' | 'MessageWaiting' | 'DeliveredToTerminal' | 'DeliveryNotificationNotSupported';
}

/** ChargingInformation of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface ChargingInformation {
  readonly description: readonly string[];
  readonly currency?: string;
  readonly amount?: Decimal;
  readonly code?: string;
}

/** SimpleReference of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface SimpleReference {
  readonly endpoint: string;
  readonly interfaceName: string;
  readonly correlator: string;
}

/** ServiceException of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface ServiceException {
  readonly messageId: string;
  readonly text: string;
  readonly variables: readonly string[];
}

/** PolicyException of http://www.csapi.org/schema/parlayx/common/v4_0. */
export interface PolicyException {
  readonly messageId: string;
  readonly text: string;
  readonly variables: readonly string[];
}

/** The request of MessageNotification.notifyMessageDeliveryReceipt. */
export interface NotifyMessageDeliveryReceiptRequest {
  readonly correlator: string;
  readonly deliveryStatus: DeliveryInformation;
}

/** The response of MessageNotification.notifyMessageDeliveryReceipt. */
export type NotifyMessageDeliveryReceiptResponse = Readonly<Record<string, never>>;

/** The request of SendMessage.sendMessage. */
export interface SendMessageRequest {
  readonly addresses: readonly string[];
  readonly senderAddress?: string;
  readonly subject?: string;
  readonly priority?: 'Default' | 'Low' | 'Normal' | 'High';
  readonly charging?: ChargingInformation;
  readonly receiptRequest?: SimpleReference;
}

/** The response of SendMessage.sendMessage. */
export interface SendMessageResponse {
  readonly result: string;
}

/** The request of SendMessage.getMessageDeliveryStatus. */
export interface GetMessageDeliveryStatusRequest {
  readonly requestIdentifier: string;
}

/** The response of SendMessage.getMessageDeliveryStatus. */
export interface GetMessageDeliveryStatusResponse {
  readonly result: readonly DeliveryInformation[];
}

/** The request of SmsNotification.notifySmsDeliveryReceipt. */
export interface NotifySmsDeliveryReceiptRequest {
  readonly correlator: string;
  readonly deliveryStatus: DeliveryInformation;
}

/** The response of SmsNotification.notifySmsDeliveryReceipt. */
export type NotifySmsDeliveryReceiptResponse = Readonly<Record<string, never>>;

/** The request of SendSms.sendSms. */
export interface SendSmsRequest {
  readonly addresses: readonly string[];
  readonly senderName?: string;
  readonly charging?: ChargingInformation;
  readonly message: string;
  readonly receiptRequest?: SimpleReference;
}

/** The response of SendSms.sendSms. */
export interface SendSmsResponse {
  readonly result: string;
}

/** The request of SendSms.getSmsDeliveryStatus. */
export interface GetSmsDeliveryStatusRequest {
  readonly requestIdentifier: string;
}

/** The response of SendSms.getSmsDeliveryStatus. */
export interface GetSmsDeliveryStatusResponse {
  readonly result: readonly DeliveryInformation[];
}

/** What each operation takes and gives. */
export interface Operations {
  'MessageNotification.notifyMessageDeliveryReceipt': {
    request: NotifyMessageDeliveryReceiptRequest;
    response: NotifyMessageDeliveryReceiptResponse;
  };
  'SendMessage.sendMessage': {
    request: SendMessageRequest;
    response: SendMessageResponse;
  };
  'SendMessage.getMessageDeliveryStatus': {
    request: GetMessageDeliveryStatusRequest;
    response: GetMessageDeliveryStatusResponse;
  };
  'SmsNotification.notifySmsDeliveryReceipt': {
    request: NotifySmsDeliveryReceiptRequest;
    response: NotifySmsDeliveryReceiptResponse;
  };
  'SendSms.sendSms': {
    request: SendSmsRequest;
    response: SendSmsResponse;
  };
  'SendSms.getSmsDeliveryStatus': {
    request: GetSmsDeliveryStatusRequest;
    response: GetSmsDeliveryStatusResponse;
  };
}

export type OperationKey = keyof Operations;
