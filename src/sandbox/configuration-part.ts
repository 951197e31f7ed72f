// What was changed of the terms of a sandbox while it ran, as a part of its state: a fork, a snapshot and a file carry it.
import { isDeliveryRule } from '../messaging/delivery';
import type { MessagingDesk } from './messaging/messaging-desk';
import { type SandboxPart, SnapshotError } from './snapshot';
import type { SandboxTerms } from './terms';

export interface ConfigurationPartOptions {
  /** Those that the sandbox began with. */
  readonly configured: SandboxTerms;
  present(): SandboxTerms;
  put(terms: SandboxTerms): void;
  readonly desk: Pick<MessagingDesk, 'deliveryRules' | 'setDeliveryRules' | 'resetRules'>;
  /** Throws a sentence for a document that cannot be. */
  readonly readTerms: ((written: unknown) => SandboxTerms) | undefined;
}

/** What is absent is as configured. In a file the terms have nothing but their document, since functions are no JSON. */
interface ConfigurationState {
  readonly terms?: Partial<SandboxTerms>;
  readonly deliveryRules?: unknown;
}

export function configurationPart(options: ConfigurationPartOptions): SandboxPart {
  const { configured, present, put, desk } = options;
  const initialRules = desk.deliveryRules();

  const termsFrom = ({ terms, wireTerms, written }: Partial<SandboxTerms>): SandboxTerms => {
    if (terms !== undefined && wireTerms !== undefined) return { terms, wireTerms, written };
    return written === undefined || options.readTerms === undefined
      ? configured
      : options.readTerms(written);
  };

  return {
    scope: 'configuration',
    reset: () => {
      put(configured);
      desk.resetRules();
    },
    state: (): ConfigurationState => ({
      ...(present() !== configured && { terms: present() }),
      ...(desk.deliveryRules() !== initialRules && { deliveryRules: desk.deliveryRules() }),
    }),
    restore: (state) => {
      const { terms = {}, deliveryRules } = Object(state) as ConfigurationState;
      const wanted = termsFrom(Object(terms) as Partial<SandboxTerms>);
      if (deliveryRules === undefined) desk.resetRules();
      else if (Array.isArray(deliveryRules) && deliveryRules.every(isDeliveryRule)) {
        desk.setDeliveryRules(deliveryRules);
      } else throw new SnapshotError('What is to be imported has delivery rules that cannot be.');
      put(wanted);
    },
  };
}
