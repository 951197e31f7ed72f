// The commands that need no running emulator: they start one, or work on files.
import { SETTINGS } from '../config/settings';
import { type CommandDefinition, JSON_OUT, settingsOf } from './definition';

export const SERVE: CommandDefinition = {
  name: 'serve',
  words: '[nothing...]',
  description: 'start the emulator (the command when none is named)',
  isDefault: true,
  settings: SETTINGS,
  run: (_words, flags, terminal) =>
    (require('./serve') as typeof import('./serve')).serve(flags, terminal),
};

export const LOCAL_COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'exec',
    words: '[command...]',
    description:
      'start an emulator on a free port, in memory, run a command beside it, verify the ledgers',
    settings: SETTINGS.filter(({ key }) => !['quiet', 'readyJson', 'portFile'].includes(key)),
    options: [
      [
        '--double-charges <which>',
        'which suspected double charges fail the run: reference (default), all, none',
      ],
    ],
    passesOptions: true,
    run: (words, flags, terminal) =>
      (require('./exec') as typeof import('./exec')).exec(words.all, flags, terminal),
  },
  {
    name: 'validate',
    words: '[file]',
    description: 'check a configuration or seed file; parlayx.yaml, .yml or .json when not named',
    run: (words, _flags, terminal) =>
      (require('./validate') as typeof import('./validate')).validate(words.maybe(0), terminal),
  },
  {
    name: 'doctor',
    description: 'look at everything that could keep an emulator from starting here',
    settings: settingsOf('port', 'host', 'data', 'config', 'seed'),
    options: [JSON_OUT],
    run: (_words, flags, terminal) =>
      (require('./doctor') as typeof import('./doctor')).doctor(flags, terminal),
  },
  {
    name: 'magic',
    description: 'print the numbers and reference codes by which a request asks for a fault',
    options: [JSON_OUT],
    run: (_words, flags, terminal) =>
      (require('./magic') as typeof import('./magic')).magic(flags, terminal),
  },
  {
    name: 'demo',
    description: 'play the soccer match of TS 29.199-6 clause 4 and show what happens',
    run: (_words, _flags, terminal) =>
      (require('./demo') as typeof import('./demo')).demo(terminal),
  },
];
