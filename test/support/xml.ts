// XML as tests write it: trees that can be bent out of shape, and their text. Knows no operation and no SOAP.

export interface XmlNode {
  readonly name: string;
  /** '' for none. */
  readonly namespace: string;
  /** As in a start tag, with a space in front: ` nil="1"`. */
  readonly attributes?: string;
  /** Child elements, or markup as it is. */
  readonly content: string | readonly XmlNode[];
}

/** Every qualified element has the prefix `m`, declared where its namespace begins. */
export function xmlText(node: XmlNode, inherited = ''): string {
  const { name, namespace, attributes = '', content } = node;
  const tag = namespace === '' ? name : `m:${name}`;
  const declaration = namespace === '' || namespace === inherited ? '' : ` xmlns:m="${namespace}"`;
  const scope = namespace === '' ? inherited : namespace;
  const inside =
    typeof content === 'string' ? content : content.map((each) => xmlText(each, scope)).join('');
  return `<${tag}${declaration}${attributes}>${inside}</${tag}>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The tree with the first element at `path` (`charge/amount`) replaced by what `change` makes of it. */
export function replaced(
  root: XmlNode,
  path: string,
  change: (node: XmlNode) => readonly XmlNode[],
): XmlNode {
  const [name = '', ...rest] = path.split('/');
  const children = childrenOf(root);
  const index = children.findIndex((child) => child.name === name);
  const child = children[index];
  if (child === undefined) throw new Error(`${root.name} has no ${path}`);
  const after = rest.length === 0 ? change(child) : [replaced(child, rest.join('/'), change)];
  return {
    ...root,
    content: [...children.slice(0, index), ...after, ...children.slice(index + 1)],
  };
}

/** Without any element of that name below the first parent. */
export function without(root: XmlNode, path: string): XmlNode {
  const { parent, name } = split(path);
  const filter = (node: XmlNode) => ({
    ...node,
    content: childrenOf(node).filter((child) => child.name !== name),
  });
  return parent === '' ? filter(root) : replaced(root, parent, (node) => [filter(node)]);
}

/** The first element at `path` twice. */
export function doubled(root: XmlNode, path: string): XmlNode {
  return replaced(root, path, (node) => [node, node]);
}

/** The first element at `path` with other content. */
export function containing(root: XmlNode, path: string, content: XmlNode['content']): XmlNode {
  return replaced(root, path, (node) => [{ ...node, content }]);
}

/** Every element, the root last, as `change` makes it; `level` is 0 for the root. */
export function mapped(
  root: XmlNode,
  change: (node: XmlNode, level: number) => XmlNode,
  level = 0,
): XmlNode {
  const { content } = root;
  const below =
    typeof content === 'string' ? content : content.map((each) => mapped(each, change, level + 1));
  return change({ ...root, content: below }, level);
}

export function childrenOf({ content }: XmlNode): readonly XmlNode[] {
  return typeof content === 'string' ? [] : content;
}

function split(path: string): { parent: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { parent: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}
