// The table of values by which a request itself asks for a fault, over the admin API.
import { z } from 'zod';
import { section, value } from '../../config/schema-words';
import { MAGIC_EXAMPLES, magicTable } from '../../sandbox/faults/magic';
import { type Endpoint, endpoint } from '../endpoint';
import { named } from '../schemas';

const magic = named(
  'Magic',
  z.strictObject({
    enabled: z.boolean(),
    table: z.array(z.string()).meta({ description: 'Lines for a person.' }),
    examples: z.array(z.strictObject({ value: z.string(), meaning: z.string() })),
  }),
);

export const MAGIC_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'getMagic',
    method: 'GET',
    path: '/magic',
    tag: 'faults',
    summary: 'Numbers and reference codes by which a request asks for a fault itself.',
    answer: magic,
    handle: ({ sandbox }) => told(sandbox.faults.magic),
  }),
  endpoint({
    id: 'setMagic',
    method: 'PUT',
    path: '/magic',
    tag: 'faults',
    summary: 'Turns magic values on or off in the sandbox.',
    body: section({ enabled: value(z.boolean(), 'true or false') }),
    answer: magic,
    handle: ({ sandbox }, { body }) => {
      sandbox.faults.magic = body.enabled;
      return told(sandbox.faults.magic);
    },
  }),
];

function told(enabled: boolean): object {
  return { enabled, table: magicTable(), examples: [...MAGIC_EXAMPLES] };
}
