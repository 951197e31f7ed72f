// The whole table of variants: every class of client that is known to have charged through these interfaces.
import { EARLY_VERSIONS } from './early-versions';
import { ENCODINGS } from './encodings';
import { HAND_BUILT_OTHERS } from './hand-built-others';
import { HAND_BUILT_PHP } from './hand-built-php';
import { NAMESPACES } from './namespaces';
import { SECURITY } from './security';
import { STUBS } from './stubs';
import type { Variant } from './variant';
import { VERSIONS } from './versions';
import { VOLUMES } from './volumes';

/** The rows by class, as the page of documentation has them. */
export const CLASSES: readonly (readonly [title: string, rows: readonly Variant[]])[] = [
  ['Programs in PHP that write XML as text', HAND_BUILT_PHP],
  ['Programs in C#, Java, Elixir and Go', HAND_BUILT_OTHERS],
  ['Namespaces and shapes', NAMESPACES],
  ['Clients generated from the WSDL of 2.1', STUBS],
  ['Volumes', VOLUMES],
  ['Versions 3.1 and 4.0', VERSIONS],
  ['Versions 2.0 and 1.0', EARLY_VERSIONS],
  ['Who is asking', SECURITY],
  ['Bytes, XML and HTTP', ENCODINGS],
];

/** For test.each: a name and the row. */
export const TABLE: readonly (readonly [name: string, variant: Variant])[] = CLASSES.flatMap(
  ([, rows]) => rows.map((variant) => [variant.name, variant] as const),
);
