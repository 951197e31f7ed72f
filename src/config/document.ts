// Reads a YAML or JSON file as plain data. Knows the two syntaxes and nothing of what the data means.
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { codeOf } from './error-code';
import { ConfigurationError, UnreadableFileError } from './problem';

/**
 * The data of a file; an empty file is an empty section. Both syntaxes are read by one reader, since JSON is YAML;
 * one that ends in `.json` or begins with a brace must be JSON in full.
 * Throws UnreadableFileError, or ConfigurationError with line and column; keys that come twice are refused.
 */
export function readDocument(file: string): unknown {
  const text = readText(file);
  if (file.toLowerCase().endsWith('.json') || text.trimStart().startsWith('{')) {
    assertJson(text, file);
  }

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return {
      path: `line ${line}, column ${col}`,
      message: syntaxSentence(error.code, error.message),
    };
  });
  if (problems.length > 0) throw new ConfigurationError(file, problems);
  return plainData(document, file) ?? {};
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new UnreadableFileError(`The file ${file} does not exist.`);
    if (code === 'EISDIR') throw new UnreadableFileError(`${file} is a folder, not a file.`);
    throw new UnreadableFileError(`The file ${file} cannot be read (${code}).`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigurationError(file, [{ path: '', message: 'is not UTF-8 text' }]);
  }
}

function assertJson(text: string, file: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'syntax error';
    throw new ConfigurationError(file, [{ path: '', message: `is not JSON: ${reason}` }]);
  }
}

/** Aliases are limited by the reader, so that a small file cannot become a huge one. */
function plainData(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'too many aliases';
    throw new ConfigurationError(file, [{ path: '', message: reason }]);
  }
}

function syntaxSentence(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key is there twice';
  return message;
}
