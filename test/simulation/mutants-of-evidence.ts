// Rules of evidence and linked refunds broken on purpose, one a line of the table.
import { broken, type Mutant } from './mutant';

export const MUTANTS_OF_EVIDENCE: readonly Mutant[] = [
  broken(
    'evidence proves any number of charges',
    'ledger/confirmation.ts',
    'if (evidence.usedBy !== undefined) return',
    'if (evidence.usedBy === 0) return',
  ),
  broken(
    'evidence of any application will do',
    'ledger/confirmation.ts',
    'return found?.application === application ? found : undefined;',
    'return found;',
  ),
  broken(
    'evidence need not cover the payer',
    'ledger/confirmation.ts',
    'evidence.recipients.filter(({ subscriber }) => payers.has(subscriber))',
    'evidence.recipients',
  ),
  broken(
    'whom evidence covers in a split does not matter for its delivery',
    'ledger/confirmation.ts',
    'const states = covered.map(',
    'const states = evidence.recipients.map(',
  ),
  broken(
    'evidence counts before it is delivered',
    'ledger/evidence.ts',
    "now < recipient.settlesAt ? 'DeliveredToNetwork'",
    "now < 0 ? 'DeliveredToNetwork'",
  ),
  broken(
    'evidence counts whatever has come of it',
    'ledger/confirmation.ts',
    'if (!states.some((state) => accepts.has(state))) return',
    'if (accepts.size === 0) return',
  ),
  broken(
    'evidence never grows old',
    'ledger/confirmation.ts',
    'return windowMs !== undefined && now - issuedAt > windowMs;',
    'return windowMs !== undefined && issuedAt - now > windowMs;',
  ),
  broken(
    'a charge may do without the evidence that is required',
    'ledger/confirmation.ts',
    "if (command.kind === 'refund' || mode !== 'required') return undefined;",
    'return undefined;',
  ),
  broken(
    'evidence is judged where nobody asks for it',
    'ledger/confirmation.ts',
    "if (confirmationRefs === undefined || mode === 'off') return undefined;",
    'if (confirmationRefs === undefined) return undefined;',
  ),
  broken(
    'evidence is used up where nobody asks for it',
    'ledger/confirmation.ts',
    "const uses = kind === 'charge' && view.terms.confirmation.mode !== 'off';",
    "const uses = kind === 'charge';",
  ),
  broken(
    'a refund uses up the evidence that it names',
    'ledger/confirmation.ts',
    "const uses = kind === 'charge' &&",
    'const uses = kind !== undefined &&',
  ),
  broken(
    'a refund needs evidence as good as a charge',
    'ledger/confirmation.ts',
    "if (kind === 'refund') return undefined;",
    '',
  ),
  broken(
    'a refused charge uses up its evidence',
    'store/batch.ts',
    'if (decision instanceof Refusal) return decision;',
    `if (decision instanceof Refusal) {
       if (decision.code === 'insufficient_funds') {
         const { evidence = new Map() } = this.#books.view(keys, terms, next);
         for (const reference of command.confirmationRefs ?? []) {
           const piece = evidence.get(reference);
           if (piece) this.#books.evidences.put({ ...piece, usedBy: piece.issuedBy }, next);
         }
       }
       return decision;
     }`,
  ),
  broken(
    'a reference that is there twice is told twice',
    'payment/reading.ts',
    'return [...new Set(confirmationRefs)];',
    'return confirmationRefs;',
  ),
  broken(
    'too many references are judged one by one',
    'payment/checks.ts',
    '(parts.confirmationRefs?.length ?? 0) <= terms.policy.MaximumConfirmationRefs',
    'true',
  ),
  broken(
    'replay does not mind other evidence',
    'payment/fingerprint.ts',
    '...(confirmationRefs.length > 0 ? [confirmationRefs] : []),',
    '',
  ),
  broken(
    'steering a delivery takes effect when it would have come out',
    'ledger/issuing.ts',
    '{ ...recipient, outcome, settlesAt: now }',
    '{ ...recipient, outcome }',
  ),
  broken(
    'evidence may be registered for others under a name that is taken',
    'ledger/issuing.ts',
    'application !== command.application || service !== command.service',
    'service !== command.service',
  ),
  broken(
    'evidence stays used when its charge is undone',
    'ledger/undoing.ts',
    '...(isUndone && undone.uses.length > 0',
    '...(!isUndone && undone.uses.length < 0',
  ),
  broken(
    'evidence is free when one payer of a split has everything back',
    'ledger/undoing.ts',
    'undone.shares.every(',
    'undone.shares.some(',
  ),
  broken(
    'linked refunds are capped one by one',
    'ledger/undoing.ts',
    'share.refunded + command.amount <= share.charged',
    'command.amount <= share.charged',
  ),
  broken(
    'a linked refund may come to anything',
    'ledger/undoing.ts',
    "if (view.terms.refunds === 'open' ||",
    "if (view.terms.refunds === 'open' || undone !== undefined ||",
  ),
  broken(
    'a linked refund may name the charge of another subscriber',
    'ledger/undoing.ts',
    'return shares.find((share) => share.subscriber === subscriber);',
    'return shares.find((share) => share.subscriber === subscriber) ?? shares[0];',
  ),
  broken(
    'a linked refund may be in another currency',
    'ledger/undoing.ts',
    '|| charge.currency !== currency) continue;',
    ') continue;',
  ),
  broken(
    'a refund names no charge by its descriptions',
    'ledger/undoing.ts',
    '...texts.notes.flatMap((note) => [byCode(note), byEvidence(note)]),',
    '',
  ),
  broken(
    'a refund names a charge by its own code before all else',
    'ledger/undoing.ts',
    '  const candidates = [\n',
    '  const candidates = [\n    byCode(reference.code),\n',
  ),
  broken(
    'charges of another application can be undone',
    'ledger/keys.ts',
    'charges: { application: command.application,',
    "charges: { application: 'shop',",
  ),
  broken(
    'what a payer got back before is forgotten',
    'store/earlier-charges.ts',
    'coalesce(r.total, 0) AS refunded',
    '0 AS refunded',
  ),
];
