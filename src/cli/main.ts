#!/usr/bin/env node
// The executable: the command line of this process, and its exit code.
import { runCommandLine } from './command-line';
import { processTerminal } from './terminal';

void runCommandLine(process.argv, processTerminal()).then((code) => {
  process.exitCode = code;
});
