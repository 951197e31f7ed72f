// The one extension of the interface files: confirmationRefs, of a contribution to OMA and not of TS 29.199-6. The files
// have it where a version may have it, and here it is taken out where a version is to be the pure standard.
import { WsdlError } from './xml';

/** The versions that may have it, and those that have it when nobody says otherwise. */
export const CONFIRMATION_REFS = { possible: ['v4_0', 'v3_1'], default: ['v4_0'] } as const;

/** The operations that it belongs to: chargeAmount, refundAmount and chargeSplitAmount. */
const OPERATIONS = 3;

const FILE = /^parlayx_payment_amount_charging_interface_(\d+_\d+)\.wsdl$/;
const ELEMENT = /\n *<xsd:element name="confirmationRefs"[^<>]*\/>/g;

/** An edit of files as they are read. Throws WsdlError unless it finds exactly what it is there to take out. */
export function withoutConfirmationRefs(kept: readonly string[]) {
  const possible: readonly string[] = CONFIRMATION_REFS.possible;
  return (file: string, text: string): string => {
    const version = `v${FILE.exec(file)?.[1]}`;
    if (!possible.includes(version)) return text;
    const found = text.match(ELEMENT)?.length ?? 0;
    const pure = text.replace(ELEMENT, '');
    if (found === OPERATIONS && !pure.includes('"confirmationRefs"')) {
      return kept.includes(version) ? text : pure;
    }
    throw new WsdlError(
      `${file} should have confirmationRefs in ${OPERATIONS} operations and has it in ${found}; restore it.`,
    );
  };
}
