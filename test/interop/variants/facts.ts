// What an answer says, in terms that every reader can speak. Reads nothing itself.

/** A reader leaves out what it has no means to see. */
export interface Facts {
  readonly paid: boolean;
  /** The local name and the namespace of the response. */
  readonly element?: string;
  readonly namespace?: string;
  /** The texts of `result` and below, joined by `|`. */
  readonly result?: string;
  readonly faultcode?: string;
  readonly faultstring?: string;
  readonly exception?: string;
  readonly detailNamespace?: string;
  readonly messageId?: string;
  readonly text?: string;
  readonly variables?: readonly string[];
}

/** The namespaces in which an answer must be. */
export interface Namespaces {
  readonly soap: string;
  readonly message: string;
  readonly common: string;
}

/** A fault; `find` gives the texts of all elements with a name. */
export function faultOf(
  find: (tag: string) => readonly string[],
  exception: string | undefined,
): Facts {
  const [faultcode = ''] = find('faultcode');
  const [faultstring = ''] = find('faultstring');
  if (exception === undefined) return { paid: false, faultcode, faultstring };
  const [messageId = ''] = find('messageId');
  const [text = ''] = find('text');
  const variables = find('variables');
  return {
    paid: false,
    faultcode,
    faultstring,
    exception,
    messageId,
    text,
    ...(variables.length > 0 && { variables }),
  };
}

export function resultOf(texts: readonly string[] | undefined): Pick<Facts, 'result'> {
  return texts === undefined || texts.length === 0 ? {} : { result: texts.join('|') };
}
