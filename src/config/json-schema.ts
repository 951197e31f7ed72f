// The configuration file as JSON Schema, for editors. Made from the schema that validates it.
import { z } from 'zod';
import { configurationSchema } from './schema';

const LINE_WIDTH = 100;

/** The text of fixtures/configuration.schema.json; also fits seed files, whose keys are some of the same. */
export function configurationJsonSchema(): string {
  const schema = {
    title: 'Configuration of parlayx-payment-emulator',
    ...z.toJSONSchema(configurationSchema, { io: 'input' }),
  };
  return `${withShortLists(JSON.stringify(schema, null, 2))}\n`;
}

/** Lists of plain values on one line where they fit, as the formatter has them. */
function withShortLists(json: string): string {
  return json.replace(/^(.*)\[\n\s+([^[\]{}]*?)\n\s+\](,?)$/gm, (list, before, items, after) => {
    const line = `${before}[${items.replace(/\n\s+/g, ' ')}]${after}`;
    return line.length <= LINE_WIDTH ? line : list;
  });
}
