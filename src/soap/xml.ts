// Text to an element tree: well-formed XML 1.0 with namespaces, without DOCTYPE and within bounds. Knows no SOAP.
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { XML_LIMITS } from '../limits';
import { XMLNS } from './names';
import { SoapFault } from './rejection';

export interface XmlAttribute {
  readonly local: string;
  /** '' for an attribute without a prefix. */
  readonly namespace: string;
  readonly value: string;
}

/** A lean element: no prefix, no parent, and no place is taken by attributes and children that are not there. */
export interface XmlElement {
  readonly local: string;
  /** '' when the element is in none. */
  readonly namespace: string;
  /** Without namespace declarations; undefined when there are none. */
  readonly attributes: readonly XmlAttribute[] | undefined;
  readonly children: readonly XmlElement[];
  /** All its character data joined, CDATA included, untrimmed; that of its children is theirs. */
  readonly text: string;
}

/**
 * A reader of whole documents, one at a time. It returns the root element, or throws a SoapFault `Client`
 * for what is not well-formed, a DOCTYPE, a processing instruction or more than XML_LIMITS allow.
 */
export function createXmlReader(): (text: string) => XmlElement {
  let driver = new Driver();
  return (text) => {
    try {
      return driver.read(text);
    } catch (error) {
      // A parser that has thrown stays where it was; the next message gets a new one.
      driver = new Driver();
      throw error;
    }
  };
}

const NO_CHILDREN: XmlElement[] = [];

class Node implements XmlElement {
  attributes: readonly XmlAttribute[] | undefined = undefined;
  children: XmlElement[] = NO_CHILDREN;
  text = '';

  constructor(
    readonly local: string,
    readonly namespace: string,
  ) {}
}

/** One parser with its handlers. It is used again for each document, which saves a tenth of the time. */
class Driver {
  // Position tracking only decorates the messages of errors, and ours have their own.
  private readonly parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  private root: Node | undefined;
  private current: Node | undefined;
  private readonly ancestors: (Node | undefined)[] = [];
  private elements = 0;
  /** All of the document that is being read. */
  private text = '';
  /** Of the element whose start tag is being read. */
  private attributes = 0;
  private declarations = 0;

  constructor() {
    const { parser } = this;
    // What parser.on() does, but under constant names: on() makes the names at run time, and after the sixth
    // the engine turns the parser into a dictionary in which every character costs five times as much.
    const handlers = parser as unknown as Handlers;
    handlers.openTagHandler = (tag) => this.open(tag);
    handlers.closeTagHandler = () => {
      this.current = this.ancestors.pop();
    };
    handlers.attributeHandler = (attribute) => this.count(attribute);
    handlers.textHandler = (text) => this.append(text);
    handlers.cdataHandler = (text) => this.append(text);
    handlers.doctypeHandler = () => {
      throw new SoapFault('Client', 'A document type declaration is not accepted.');
    };
    handlers.piHandler = () => {
      throw new SoapFault('Client', 'A processing instruction is not accepted.');
    };
    handlers.errorHandler = ({ message }) => {
      const place = `line ${parser.line}, column ${parser.column}`;
      const hint = AMPERSAND.test(this.text) ? ' Write & as &amp;.' : '';
      const detail = `${message}${hint}`;
      throw new SoapFault('Client', `The message is not well-formed XML at ${place}.`, detail);
    };
  }

  read(text: string): XmlElement {
    this.elements = 0;
    this.text = text;
    this.parser.write(text).close();
    const { root } = this;
    this.root = undefined;
    this.text = '';
    if (root === undefined) throw new Error('The parser accepted a document without a root.');
    return root;
  }

  private open(tag: StartTag): void {
    const { current } = this;
    const node = new Node(tag.local, tag.uri);
    this.elements += 1;
    if (this.elements > XML_LIMITS.elements) throw excess('elements', XML_LIMITS.elements);
    // Each level lengthens the search for a prefix, so depth must end before it costs quadratic time.
    if (this.ancestors.length >= XML_LIMITS.depth) throw excess('levels', XML_LIMITS.depth);
    if (tag.name.length > XML_LIMITS.nameCharacters) throw longName();
    if (this.attributes > this.declarations) node.attributes = attributesOf(tag);
    this.attributes = 0;
    this.declarations = 0;

    if (current === undefined) this.root = node;
    else if (current.children === NO_CHILDREN) current.children = [node];
    else current.children.push(node);
    this.ancestors.push(current);
    this.current = node;
  }

  private count({ prefix, name, value }: StartAttribute): void {
    if (prefix === 'xmlns' || name === 'xmlns') this.declarations += 1;
    this.attributes += 1;
    if (this.attributes > XML_LIMITS.attributesPerElement) {
      throw excess('attributes in one element', XML_LIMITS.attributesPerElement);
    }
    if (name.length > XML_LIMITS.nameCharacters) throw longName();
    if (value.length > XML_LIMITS.textCharacters) throw longText();
  }

  /** Outside the root only white space can come here. */
  private append(text: string): void {
    const { current } = this;
    if (current === undefined) return;
    current.text += text;
    if (current.text.length > XML_LIMITS.textCharacters) throw longText();
  }
}

/** The fields in which saxes keeps its handlers. */
interface Handlers {
  openTagHandler: (tag: StartTag) => void;
  closeTagHandler: () => void;
  attributeHandler: (attribute: StartAttribute) => void;
  textHandler: (text: string) => void;
  cdataHandler: (text: string) => void;
  doctypeHandler: () => void;
  piHandler: () => void;
  errorHandler: (error: Error) => void;
}

/** One that begins no reference, as in texts that were put in as they are: the parser looks for its end to the last. */
const AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;

type StartTag = Pick<SaxesTagNS, 'name' | 'local' | 'uri' | 'attributes'>;
type StartAttribute = Pick<SaxesAttributeNS, 'prefix' | 'name' | 'value'>;

function attributesOf(tag: StartTag): XmlAttribute[] {
  return Object.values(tag.attributes)
    .filter((attribute) => attribute.uri !== XMLNS)
    .map(({ local, uri, value }) => ({ local, namespace: uri, value }));
}

function excess(what: string, limit: number): SoapFault {
  return new SoapFault('Client', `The message has more than ${limit} ${what}.`);
}

function longName(): SoapFault {
  return new SoapFault(
    'Client',
    `The message has a name of more than ${XML_LIMITS.nameCharacters} characters.`,
  );
}

function longText(): SoapFault {
  return new SoapFault(
    'Client',
    `The message has a text of more than ${XML_LIMITS.textCharacters} characters.`,
  );
}
