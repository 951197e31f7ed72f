// Under which terms a sandbox charges, over the admin API: policies, tariffs and prices, in general and per application.
// The schemas are those of the configuration file.
import { z } from 'zod';
import type { Changes } from '../../config/change';
import { ConfigurationError, pathText } from '../../config/problem';
import { configurationSchema } from '../../config/schema';
import { value } from '../../config/schema-words';
import { changeTerms, configurationOf } from '../../config/terms-in-force';
import { writtenPolicies, writtenPrices, writtenTariffs } from '../../config/written-terms';
import { formatMicros } from '../../ledger/money';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Admin } from '../admin';
import { type Endpoint, endpoint } from '../endpoint';
import { invalidRequest, notFound } from '../problem';
import { money, named } from '../schemas';

const { shape } = configurationSchema;
const policies = named('Policies', given(shape.policies));
const tariffs = named('Tariffs', given(shape.tariffs));
const prices = named('Prices', given(shape.prices));
const applications = given(shape.applications);
const section = applications instanceof z.ZodRecord ? applications.valueType : undefined;
if (!(section instanceof z.ZodType)) throw new Error('the schema of an application is missing');
const applicationSection = named('ApplicationSection', section);

const name = value(
  z
    .string()
    .regex(/^(?!__proto__$)/)
    .min(1)
    .max(128),
  'the name of an application',
);
const LISTED = 'GET /applications lists those of which something is said: "configured".';

const application = named(
  'Application',
  z.strictObject({
    name: z.string(),
    configured: z.boolean().meta({ description: 'Whether something is said of it alone.' }),
    policies,
    references: z.enum(['report', 'reject', 'replay']),
    refunds: z.enum(['open', 'linked']),
    tariffs,
    prices,
    balances: z
      .array(z.strictObject({ currency: z.string(), balance: money }))
      .meta({ description: 'What was charged for it less what it refunded.' }),
  }),
);

export const TERMS_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'getPolicies',
    method: 'GET',
    path: '/policies',
    tag: 'terms',
    summary: 'The service policies of TS 29.199-6 clause 10 and the limits that hold in general.',
    answer: policies,
    handle: ({ sandbox }) => writtenPolicies(sandbox.terms.terms('')),
  }),
  endpoint({
    id: 'setPolicies',
    method: 'PUT',
    path: '/policies',
    tag: 'terms',
    summary:
      'Replaces the policies; what is left out is as the standard has it. Holds until a reset.',
    body: policies,
    answer: policies,
    handle: (admin, { body }) => {
      change(admin, { policies: body });
      return writtenPolicies(admin.sandbox.terms.terms(''));
    },
  }),
  endpoint({
    id: 'getTariffs',
    method: 'GET',
    path: '/tariffs',
    tag: 'terms',
    summary: 'What volumes cost in general.',
    answer: tariffs,
    handle: ({ sandbox }) => writtenTariffs(sandbox.terms.terms('')),
  }),
  endpoint({
    id: 'setTariffs',
    method: 'PUT',
    path: '/tariffs',
    tag: 'terms',
    summary: 'Replaces the tariffs. Open reservations keep the rate that they were made with.',
    body: tariffs,
    answer: tariffs,
    handle: (admin, { body }) => {
      change(admin, { tariffs: body });
      return writtenTariffs(admin.sandbox.terms.terms(''));
    },
  }),
  endpoint({
    id: 'getPrices',
    method: 'GET',
    path: '/prices',
    tag: 'terms',
    summary: 'What charging codes cost in general.',
    answer: prices,
    handle: ({ sandbox }) => writtenPrices(sandbox.terms.terms('')),
  }),
  endpoint({
    id: 'setPrices',
    method: 'PUT',
    path: '/prices',
    tag: 'terms',
    summary: 'Replaces the prices of charging codes.',
    body: prices,
    answer: prices,
    handle: (admin, { body }) => {
      change(admin, { prices: body });
      return writtenPrices(admin.sandbox.terms.terms(''));
    },
  }),
  endpoint({
    id: 'listApplications',
    method: 'GET',
    path: '/applications',
    tag: 'applications',
    summary: 'The applications that are configured or have been charged for.',
    answer: z.strictObject({ applications: z.array(application) }),
    handle: (admin) => ({ applications: namesIn(admin).map((each) => told(admin, each)) }),
  }),
  endpoint({
    id: 'getApplication',
    method: 'GET',
    path: '/applications/{name}',
    tag: 'applications',
    summary: 'The terms of one application, known or not, and what it is owed.',
    params: z.strictObject({ name }),
    answer: application,
    handle: (admin, { params }) => told(admin, params.name),
  }),
  endpoint({
    id: 'setApplication',
    method: 'PUT',
    path: '/applications/{name}',
    tag: 'applications',
    summary:
      'Replaces what is said of one application alone; policies can only be more restrictive.',
    params: z.strictObject({ name }),
    body: applicationSection,
    answer: application,
    handle: (admin, { params, body }) => {
      const applications = { ...sectionsOf(admin), [params.name]: body as never };
      change(admin, { applications }, ['applications', params.name]);
      return told(admin, params.name);
    },
  }),
  endpoint({
    id: 'deleteApplication',
    method: 'DELETE',
    path: '/applications/{name}',
    tag: 'applications',
    summary: 'Takes back what is said of one application alone. Its accounts stay.',
    params: z.strictObject({ name }),
    refusals: { 404: 'Nothing is said of it alone.' },
    handle: (admin, { params }) => {
      const sections = sectionsOf(admin);
      const { [params.name]: _removed, ...others } = sections;
      if (!Object.hasOwn(sections, params.name)) {
        throw notFound(`Nothing is said of the application ${params.name} alone.`, LISTED);
      }
      change(admin, { applications: others });
      return undefined;
    },
  }),
];

/** `place` is where the body of the request stands in a configuration. */
function change(
  { host, sandbox }: Admin,
  changes: Changes,
  place: readonly string[] = Object.keys(changes),
): void {
  try {
    changeTerms(sandbox, host.configuration, changes);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const prefix = pathText(place);
    const problems = error.problems.map(({ path, message }) => ({
      path: path.startsWith(prefix) ? path.slice(prefix.length).replace(/^\./, '') : path,
      message,
    }));
    throw invalidRequest('body', problems);
  }
}

function sectionsOf({ host, sandbox }: Admin) {
  return configurationOf(sandbox, host.configuration).written.input.applications ?? {};
}

function namesIn(admin: Admin): readonly string[] {
  const charged = admin.sandbox.ledger.read.applications();
  return [...new Set([...Object.keys(sectionsOf(admin)), ...charged])].sort();
}

function told(admin: Admin, application: string): object {
  const { sandbox } = admin;
  const terms = sandbox.terms.terms(application);
  return {
    name: application,
    configured: Object.hasOwn(sectionsOf(admin), application),
    policies: writtenPolicies(terms),
    references: terms.duplicateReferences,
    refunds: terms.refunds,
    tariffs: writtenTariffs(terms),
    prices: writtenPrices(terms),
    balances: balancesOf(sandbox, application),
  };
}

function balancesOf({ ledger, terms }: Sandbox, application: string): readonly object[] {
  const { currencies } = terms.terms('');
  return ledger.read.applicationBalances(application).map(({ currency, balance }) => ({
    currency,
    balance: formatMicros(balance, currencies.exponent(currency)),
  }));
}

/** A section of the file without the leave to be empty there. */
function given<T extends z.ZodType>(schema: z.ZodOptional<z.ZodNullable<T>>): T {
  return schema.unwrap().unwrap();
}
