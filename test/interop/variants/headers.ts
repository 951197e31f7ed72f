// What clients put into the SOAP Header and into HTTP to say who they are. Every value is made up here.
import { createHash } from 'node:crypto';
import { common } from './parlayx';
import type { Field } from './writing';

export const HUAWEI = 'http://www.huawei.com.cn/schema/common/v2_1';
const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const SECEXT = `${WSS}-wssecurity-secext-1.0.xsd`;
const UTILITY = `${WSS}-wssecurity-utility-1.0.xsd`;
const TOKEN = `${WSS}-username-token-profile-1.0#`;

export const SP_ID = '9990110000001';
export const SP_PASSWORD = 'Letters4Test';
export const TIME_STAMP = '20260131093000';
/** MD5 of spId, password and timeStamp, as hex. */
export const SP_DIGEST = createHash('md5')
  .update(SP_ID + SP_PASSWORD + TIME_STAMP)
  .digest('hex');

/** RequestSOAPHeader with its fields; a prefix of '' is the default namespace, as many clients write it. */
export function requestHeader(fields: readonly Field[], prefix = '', namespace = HUAWEI): string {
  const tag = (name: string) => (prefix === '' ? name : `${prefix}:${name}`);
  const declaration = prefix === '' ? `xmlns="${namespace}"` : `xmlns:${prefix}="${namespace}"`;
  const name = tag('RequestSOAPHeader');
  const inside = fields.map(([field, value]) => `<${tag(field)}>${value}</${tag(field)}>`);
  return `<${name} ${declaration}>${inside.join('')}</${name}>`;
}

/** The header of vendors that kept the fields and changed the namespace: common types outside, none inside. */
export function commonRequestHeader(fields: readonly Field[]): string {
  const inside = fields.map(([field, value]) => `<${field}>${value}</${field}>`);
  const name = 'c:RequestSOAPHeader';
  return `<${name} xmlns:c="${common('v3_1')}">${inside.join('')}</${name}>`;
}

/** WS-Security with the password as text, that must be understood. */
export function passwordText(name: string, password: string): string {
  return security(
    ' soapenv:mustUnderstand="1"',
    `<wsse:UsernameToken><wsse:Username>${name}</wsse:Username>` +
      `<wsse:Password Type="${TOKEN}PasswordText">${password}</wsse:Password></wsse:UsernameToken>`,
  );
}

/** WS-Security with a digest of the password, and the Timestamp that toolkits add. */
export function passwordDigest(name: string, password: string, created: string): string {
  const nonce = Buffer.from('sixteen bytes 01');
  const digest = createHash('sha1').update(nonce).update(created).update(password);
  return security(
    '',
    `<wsu:Timestamp xmlns:wsu="${UTILITY}" wsu:Id="Timestamp-1"><wsu:Created>${created}</wsu:Created>` +
      '<wsu:Expires>2026-01-31T09:40:00Z</wsu:Expires></wsu:Timestamp>' +
      `<wsse:UsernameToken xmlns:wsu="${UTILITY}" wsu:Id="SecurityToken-1">` +
      `<wsse:Username>${name}</wsse:Username>` +
      `<wsse:Password Type="${TOKEN}PasswordDigest">${digest.digest('base64')}</wsse:Password>` +
      `<wsse:Nonce EncodingType="${WSS}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</wsse:Nonce>` +
      `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken>`,
  );
}

export function basic(name: string, password: string): readonly [string, string] {
  return ['Authorization', `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`];
}

function security(attributes: string, content: string): string {
  return `<wsse:Security xmlns:wsse="${SECEXT}"${attributes}>${content}</wsse:Security>`;
}
