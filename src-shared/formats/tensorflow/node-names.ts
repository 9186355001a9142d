/**
 * Names for graph nodes. TensorFlow takes `[A-Za-z0-9.][A-Za-z0-9_.\-/]*`; canvas nodes may be called anything,
 * in any script. The scope's safe form stands in front (`conv2d_1/Conv2D`), so that an error of the runtime finds
 * its way home to the canvas node.
 */
export class NodeNames {
  private readonly taken = new Set<string>();
  private readonly prefixes = new Map<string, string>();
  private readonly scopeOfPrefix = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** A free name for a node of this op on this canvas node. */
  next(scope: string, op: string): string {
    return this.unique(scope === '' ? safeName(op) : `${this.prefix(scope)}/${safeName(op)}`);
  }

  /** A free name as near to the wanted one as TensorFlow allows: for inputs and outputs. */
  plain(wanted: string): string {
    return this.unique(safeName(wanted));
  }

  /** Safe prefix → scope, for every scope that has a node. */
  scopes(): Record<string, string> {
    return Object.fromEntries(this.scopeOfPrefix);
  }

  private prefix(scope: string): string {
    const known = this.prefixes.get(scope);
    if (known) return known;
    const safe = safeName(scope);
    let prefix = safe;
    for (let i = 1; this.scopeOfPrefix.has(prefix); i++) prefix = `${safe}_${i}`;
    this.prefixes.set(scope, prefix);
    this.scopeOfPrefix.set(prefix, scope);
    return prefix;
  }

  private unique(wanted: string): string {
    let name = wanted;
    let count = this.counts.get(wanted) ?? 0;
    while (this.taken.has(name)) name = `${wanted}_${++count}`;
    this.counts.set(wanted, count);
    this.taken.add(name);
    return name;
  }
}

/** A name that TensorFlow accepts, without slashes; not yet unique. */
export function safeName(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9_.-]/gu, '_');
  return /^[A-Za-z0-9.]/.test(safe) ? safe : `n${safe}`;
}

/**
 * The canvas node that a runtime's message speaks of. TensorFlow names nodes as `{{node conv2d/Conv2D}}`; its
 * optimizer may have put its own prefix or suffix around the name.
 * @param scopes safe prefix → scope, of the graph
 */
export function scopeInMessage(message: string, scopes: Readonly<Record<string, string>>): string | undefined {
  for (const [, node] of message.matchAll(/\{\{node ([^}]+)\}\}/g)) {
    for (const part of (node ?? '').split('/').slice(0, -1)) {
      if (Object.hasOwn(scopes, part)) return scopes[part];
    }
  }
  return undefined;
}
