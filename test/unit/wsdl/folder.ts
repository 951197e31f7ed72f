// Small interface folders for the tests of the reader: one interface, and whatever a test changes in it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const root = mkdtempSync(join(tmpdir(), 'wsdl-'));
let made = 0;

afterAll(() => rmSync(root, { recursive: true }));

/** File names to texts; they become a folder of their own, until the tests of the file have run. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  made += 1;
  const directory = join(root, String(made), 'v1_2');
  mkdirSync(directory, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
  return directory;
}

export interface Changes {
  /** The content of the sequence of the request `ask`. */
  readonly parts?: string;
  /** Further children of the inline schema. */
  readonly declarations?: string;
  /** Attributes of the inline schema after its targetNamespace. */
  readonly form?: string;
  /** Changes the finished text, for what the others do not reach. */
  readonly edit?: (text: string) => string;
}

/** The text of `desk.wsdl`: service DeskService, interface Desk, operation ask, version v1_2. */
export function deskWsdl({ parts = '', declarations = '', form, edit }: Changes = {}): string {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="desk" targetNamespace="urn:desk/v1_2/interface"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:tns="urn:desk/v1_2/interface" xmlns:local="urn:desk/local" xmlns:types="urn:types">
  <wsdl:types>
    <xsd:schema targetNamespace="urn:desk/local" ${form ?? 'elementFormDefault="qualified"'}>
      ${declarations}
      <xsd:element name="ask" type="local:ask"/>
      <xsd:complexType name="ask"><xsd:sequence>${parts}</xsd:sequence></xsd:complexType>
      <xsd:element name="askResponse" type="local:askResponse"/>
      <xsd:complexType name="askResponse"><xsd:sequence/></xsd:complexType>
    </xsd:schema>
  </wsdl:types>
  <wsdl:message name="askRequest"><wsdl:part name="parameters" element="local:ask"/></wsdl:message>
  <wsdl:message name="askResponse"><wsdl:part name="result" element="local:askResponse"/></wsdl:message>
  <wsdl:portType name="Desk">
    <wsdl:operation name="ask">
      <wsdl:input message="tns:askRequest"/>
      <wsdl:output message="tns:askResponse"/>
    </wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="DeskBinding" type="tns:Desk">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="ask">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="DeskService">
    <wsdl:port name="Desk" binding="tns:DeskBinding">
      <soap:address location="http://localhost:9080/DeskService/services/Desk"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;
  return edit === undefined ? text : edit(text);
}

/** A types schema in `urn:types`, to be imported as `types.xsd`. */
export function typesXsd(content: string): string {
  return `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:types="urn:types"
    targetNamespace="urn:types">${content}</xsd:schema>`;
}

export const IMPORT_TYPES = '<xsd:import namespace="urn:types" schemaLocation="types.xsd"/>';
