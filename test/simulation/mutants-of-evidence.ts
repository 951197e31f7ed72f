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
    'ledger/evidence.ts',
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
    'if (!states.some(isEnough)) return',
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
    'if (isRefund) return undefined;',
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
    'at the terminal is not good enough where the network is',
    'ledger/confirmation.ts',
    'state === SUREST || ',
    '',
  ),
  broken(
    'a refund cannot name the evidence of another payer of its charge',
    'ledger/confirmation.ts',
    'covered.length > 0 || (isRefund && leadsToCharge(evidence, view))',
    'covered.length > 0',
  ),
  broken(
    'a refund can name the evidence of anybody',
    'ledger/confirmation.ts',
    '(isRefund && leadsToCharge(evidence, view))',
    'isRefund',
  ),
  broken(
    'evidence stays used when its charge is undone',
    'ledger/undoing.ts',
    '...(isUndone && uses.length > 0',
    '...(!isUndone && uses.length < 0',
  ),
  broken(
    'evidence is free when one payer of a split has everything back',
    'ledger/undoing.ts',
    'shares.every(',
    'shares.some(',
  ),
  broken(
    'linked refunds are capped one by one',
    'ledger/undoing.ts',
    'undone.refunded + command.amount <= undone.charged',
    'command.amount <= undone.charged',
  ),
  broken(
    'a linked refund may come to anything',
    'ledger/undoing.ts',
    "if (view.terms.refunds === 'open' ||",
    "if (view.terms.refunds === 'open' || undone !== undefined ||",
  ),
  broken(
    'a linked refund may name the charge of another subscriber',
    'store/earlier-charges.ts',
    't.debit = $wallet',
    't.debit > 0',
  ),
  broken(
    'a linked refund may be in another currency',
    'store/earlier-charges.ts',
    't.debit = $wallet',
    `t.debit IN (SELECT b.id FROM account a JOIN account b ON b.kind = a.kind AND b.owner = a.owner
       WHERE a.id = $wallet)`,
  ),
  broken(
    'a refund names no charge by its descriptions',
    'ledger/undoing.ts',
    'for (const note of texts.notes) yield* latestFirst(charges.underCode(note), naming(note));',
    '',
  ),
  broken(
    'a refund names a charge by its own code before all else',
    'ledger/undoing.ts',
    '  for (const name of confirmationRefs)',
    '  yield* charges.underCode(reference.code);\n  for (const name of confirmationRefs)',
  ),
  broken(
    'a refund undoes the first charge that it names, whatever remains of it',
    'ledger/undoing.ts',
    'if (remaining >= command.amount) return',
    'if (remaining !== undefined) return',
  ),
  broken(
    'a refund undoes a charge of which nothing remains before one of which something does',
    'ledger/undoing.ts',
    'if (remaining > 0n) partly ??= charge;',
    '',
  ),
  broken(
    'a code means its latest charge alone',
    'store/earlier-charges.ts',
    'ORDER BY named.sequence DESC',
    'ORDER BY named.sequence DESC LIMIT 1',
  ),
  broken(
    'a code means its first charge before the latest',
    'store/earlier-charges.ts',
    'ORDER BY named.sequence DESC',
    'ORDER BY named.sequence',
  ),
  broken(
    'evidence leads back to the first charge that names it',
    'store/earlier-charges.ts',
    'ORDER BY named.tx DESC',
    'ORDER BY named.tx',
  ),
  broken(
    'evidence that a charge only mentions does not lead back to it',
    'store/earlier-charges.ts',
    'WHERE named.evidence = $evidence\n',
    'WHERE named.evidence = $evidence AND named.used = 1\n',
  ),
  broken(
    'charges of another application can be undone',
    'ledger/keys.ts',
    'application: command.application,\n          subscriber',
    "application: 'shop',\n          subscriber",
  ),
  broken(
    'what a payer got back before is forgotten',
    'store/earlier-charges.ts',
    'coalesce(r.total, 0) AS refunded',
    '0 AS refunded',
  ),
];
