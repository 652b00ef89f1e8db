// Where the entries of a list are, by key: an index that never changes, so that every frame can keep its own.

/** Positions under one key, the newest first. */
interface Stack {
  readonly at: number;
  readonly under: Stack | null;
}

/** A node of an AA tree (Arne Andersson, 1993): `level` counts the black nodes down to a leaf. */
interface Node {
  readonly key: string;
  readonly stack: Stack | null;
  readonly level: number;
  readonly left: Node | null;
  readonly right: Node | null;
}

/**
 * A persistent map from keys to positions, several under a key. Without it each message and text
 * would be looked for through the whole list. A balanced tree and no hash table: a file could be
 * made of keys whose hashes are all the same.
 */
export class Places {
  /** The map without a key. */
  static readonly EMPTY = new Places(null);

  readonly #root: Node | null;

  private constructor(root: Node | null) {
    this.#root = root;
  }

  /** The position that was put under a key last and not dropped; `undefined` when there is none. */
  newest(key: string): number | undefined {
    return stackOf(this.#root, key)?.at;
  }

  /** The map with one more position under a key. */
  put(key: string, at: number): Places {
    return new Places(withStack(this.#root, key, { at, under: stackOf(this.#root, key) }));
  }

  /** The map without the newest position under a key; the map itself when it has none. */
  drop(key: string): Places {
    const stack = stackOf(this.#root, key);
    return stack === null ? this : new Places(withStack(this.#root, key, stack.under));
  }
}

function stackOf(root: Node | null, key: string): Stack | null {
  let node = root;
  while (node !== null && node.key !== key) node = key < node.key ? node.left : node.right;
  return node?.stack ?? null;
}

/** A key whose stack is empty stays in the tree: AA deletion is long, and a key comes back or is rare. */
function withStack(node: Node | null, key: string, stack: Stack | null): Node {
  if (node === null) return { key, stack, level: 1, left: null, right: null };
  if (key === node.key) return { ...node, stack };
  return key < node.key
    ? split(skew({ ...node, left: withStack(node.left, key, stack) }))
    : split(skew({ ...node, right: withStack(node.right, key, stack) }));
}

/** No left child on its parent's level: turns it right. */
function skew(node: Node): Node {
  const { left } = node;
  if (left?.level !== node.level) return node;
  return { ...left, right: { ...node, left: left.right } };
}

/** No two right children in a row on one level: lifts the middle one. */
function split(node: Node): Node {
  const { right } = node;
  if (right?.right?.level !== node.level) return node;
  return { ...right, level: right.level + 1, left: { ...node, right: right.left } };
}
