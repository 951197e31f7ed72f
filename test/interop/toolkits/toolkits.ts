// The foreign SOAP toolkits: how each is found, started, and what it makes of an answer. Knows no operation.
import { join } from 'node:path';

/** A program and its arguments. */
export type Command = readonly [program: string, ...words: string[]];

/** Where a service is, in the three ways in which a client may want to be told. */
export interface Whereabouts {
  readonly wsdl: string;
  readonly endpoint: string;
  /** Of its messages. */
  readonly namespace: string;
}

export interface Toolkit {
  readonly name: string;
  /** What it is called in Debian. */
  readonly packages: string;
  /** Commands of which one succeeds where the toolkit is installed; the first word of that one runs it. */
  readonly probes: readonly Command[];
  /** The words after the program. */
  readonly words: (service: Whereabouts) => readonly string[];
  /** Where it puts the one value of a response: under `result`, or bare. */
  readonly unwraps: boolean;
  /** Whether what the schema repeats is a list also when it is there once. */
  readonly keepsLists: boolean;
  /** Optional fields that are absent, as it has them. */
  readonly absent: Readonly<Record<string, null>>;
  /** Whether it makes an integer that fits of everything, without a word. */
  readonly bendsIntegers: boolean;
  /** Whether it refuses to send a message without a required part. */
  readonly refusesToOmit: boolean;
  /** In the order of the alphabet: what the emulator has to put up with in its requests. */
  readonly deviations: readonly string[];
}

export const TOOLKITS: readonly Toolkit[] = [
  {
    name: 'PHP SoapClient',
    packages: 'php-cli php-soap',
    probes: [['php', '-r', 'exit(class_exists("SoapClient") ? 0 : 1);']],
    words: ({ wsdl }) => [program('client.php'), wsdl],
    unwraps: false,
    keepsLists: true,
    absent: {},
    bendsIntegers: true,
    refusesToOmit: true,
    deviations: [],
  },
  {
    name: 'Python zeep',
    packages: 'python3-zeep',
    // Debian's module belongs to Debian's interpreter; another one may come first in PATH.
    probes: [
      ['/usr/bin/python3', '-c', 'import zeep'],
      ['python3', '-c', 'import zeep'],
    ],
    words: ({ wsdl }) => [program('client.py'), wsdl],
    unwraps: true,
    keepsLists: true,
    absent: { code: null },
    bendsIntegers: false,
    refusesToOmit: true,
    deviations: [],
  },
  {
    name: 'Perl SOAP::Lite',
    packages: 'libsoap-lite-perl',
    probes: [
      ['/usr/bin/perl', '-MSOAP::Lite', '-e', '1'],
      ['perl', '-MSOAP::Lite', '-e', '1'],
    ],
    words: ({ endpoint, namespace }) => [program('client.pl'), endpoint, namespace],
    unwraps: true,
    keepsLists: false,
    absent: {},
    bendsIntegers: false,
    refusesToOmit: false,
    deviations: ['extra.attribute', 'order', 'type.ns'],
  },
];

/** A compiler of stubs, not a client: what is generated for a service has to be compiled with a program. */
export const GSOAP: Pick<Toolkit, 'name' | 'packages' | 'probes'> = {
  name: 'gSOAP',
  packages: 'gsoap libgsoap-dev gcc libc6-dev',
  probes: [
    [
      'bash',
      '-c',
      'command -v wsdl2h soapcpp2 && echo "#include <stdsoap2.h>" | cc -E - >/dev/null',
    ],
  ],
};

/** A file beside this one. */
export function program(name: string): string {
  return join(__dirname, name);
}
