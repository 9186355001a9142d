/**
 * @typedef {object} Mutation
 * @property {string} file
 * @property {string} find stands in the file exactly once
 * @property {string} replace
 * @property {string} breaks the promise of README, docs/ or a comment that no longer holds
 * @property {readonly string[]} tests the files of which one test must fail
 */

/** @type {readonly Mutation[]} */
export const mutations = [
  // Names of results.
  {
    file: 'src-shared/plan/keys.ts',
    find: '    version: definition.version,\n',
    replace: '',
    breaks: 'a result is made again when its kind of node changes its version',
    tests: ['src-shared/plan/plan.test.ts'],
  },
  {
    file: 'src-shared/plan/keys.ts',
    find: 'files[name] = hashOf(value, options);',
    replace: 'files[name] = null;',
    breaks: 'the contents of a file are part of the name of a result',
    tests: ['src-shared/plan/plan.test.ts'],
  },
  {
    file: 'src-shared/plan/keys.ts',
    find: '{ runner: options.runner }',
    replace: '{}',
    breaks: 'the runtime is part of the name of a result that depends on it',
    tests: ['src-shared/plan/plan.test.ts'],
  },
  {
    file: 'src-shared/plan/keys.ts',
    find: '{ seed: found.seeds(node.id) }',
    replace: '{}',
    breaks: 'the seed is part of the name of a result that depends on it',
    tests: ['src-shared/plan/plan.test.ts'],
  },
  {
    file: 'src-shared/plan/keys.ts',
    find: 'const nameless = <T extends { readonly node?: string }>({ node: _name, ...other }: T) => other;',
    replace: 'const nameless = <T extends { readonly node?: string }>(other: T) => other;',
    breaks: 'names of nodes do not count in the name of a result',
    tests: ['src-shared/plan/plan.test.ts'],
  },
  {
    file: 'src-shared/document/graph.ts',
    find: 'accepts(input, name) && ',
    replace: '',
    breaks: 'a bypassed node hands on no value of another kind',
    tests: ['src-shared/plan/infer.test.ts'],
  },
  {
    file: 'src-shared/document/graph.ts',
    find: 'if (source.node.muted || !source.definition) return undefined;',
    replace: 'if (!source.definition) return undefined;',
    breaks: 'a muted node gives nothing',
    tests: ['src-shared/plan/infer.test.ts', 'src-shared/plan/plan.test.ts'],
  },

  // No row teaches that must not.
  {
    file: 'src-shared/fit/fit-network.ts',
    find: 'fitRecipe(open, request.dataset.steps, trainRows)',
    replace: 'fitRecipe(open, request.dataset.steps, Int32Array.from(open.assignment.keys()))',
    breaks: 'preparation learns from the training rows alone',
    tests: ['src-main/engine/fit-nodes.test.ts'],
  },
  {
    file: 'src-shared/fit/folds.ts',
    find: 'return rows.filter((row) => !held.has(row));',
    replace: 'return rows.filter((row) => held.size > 0 || row >= 0);',
    breaks: 'a fold is tested on rows that it did not train on',
    tests: ['src-shared/fit/folds.test.ts'],
  },
  {
    file: 'src-shared/recipe/split.ts',
    find: 'const total = Math.round(share *',
    replace: 'const total = Math.floor(share *',
    breaks: 'a split has exactly round(share · n) rows',
    tests: ['src-shared/recipe/split.test.ts'],
  },
  {
    file: 'src-shared/recipe/split.ts',
    find: '.sort((a, b) => b.remainder - a.remainder || a.group - b.group)',
    replace: '.sort((a, b) => a.group - b.group)',
    breaks: 'the largest remainders round up',
    tests: ['src-shared/recipe/split.test.ts'],
  },

  // Training.
  {
    file: 'src-shared/fit/train-network.ts',
    find: '    this.stopping = checkpoint.stopping;\n',
    replace: '',
    breaks: 'a resumed training stops when it would have stopped',
    tests: ['src-main/engine/fit.test.ts'],
  },
  {
    file: 'src-shared/fit/train-network.ts',
    find: '    this.best = checkpoint.best;\n',
    replace: '',
    breaks: 'a resumed training keeps the best weights of before',
    tests: ['src-main/engine/fit.test.ts'],
  },
  {
    file: 'src-shared/fit/train-network.ts',
    find: "await this.session.run('init', checkpoint?.state ?? this.plan.initial);",
    replace: "await this.session.run('init', this.plan.initial);",
    breaks: 'a resumed training ends in the same bits',
    tests: ['src-main/engine/fit.test.ts'],
  },
  {
    file: 'src-shared/fit/train-network.ts',
    find: 'if (!Number.isFinite(loss)) this.diverge({ epoch, step });',
    replace: '',
    breaks: 'a training stops at the very step whose loss is not a number',
    tests: ['src-main/engine/fit.test.ts', 'src-main/engine/diverging.test.ts'],
  },
  {
    file: 'src-shared/fit/epoch-order.ts',
    find: "deriveSeed(seed, 'data-order', epoch)",
    replace: "deriveSeed(seed, 'data-order')",
    breaks: 'every epoch visits the rows in an order of its own',
    tests: ['src-shared/fit/epoch-order.test.ts'],
  },

  // The disk.
  {
    file: 'src-main/files/atomic-write.ts',
    find: 'if (size !== bytes.length)',
    replace: 'if (size < 0)',
    breaks: 'a file is never replaced by one that was not written whole',
    tests: ['src-main/files/atomic-write.test.ts'],
  },
  {
    file: 'src-main/files/atomic-write.ts',
    find: 'await writeNewFile(fs, temporary, bytes);\n    const old',
    replace: 'await writeNewFile(fs, target, bytes);\n    const old',
    breaks: 'a save leaves the old file or the new one',
    tests: ['src-main/files/atomic-write.test.ts'],
  },
  {
    file: 'src-main/files/atomic-write.ts',
    find: 'done += taken;',
    replace: 'done += bytes.length;',
    breaks: 'a write that takes only a part is gone on with',
    tests: ['src-main/files/atomic-write.test.ts'],
  },
  {
    file: 'src-main/engine/store/blobs.ts',
    find: 'if (!this.verified.has(hash) && hashContent(bytes) !== hash) {',
    replace: 'if (hash.length === 0) {',
    breaks: 'a damaged blob is never handed out',
    tests: ['src-main/engine/store/store.test.ts'],
  },
  {
    file: 'src-main/engine/store/blobs.ts',
    find: 'if ((await hashFile(this.fs, path)) === hash) {',
    replace: 'if (await this.has(hash)) {',
    breaks: 'a damaged blob is never read in part',
    tests: ['src-main/engine/store/store.test.ts'],
  },
  {
    file: 'src-main/engine/store/value-store.ts',
    find: 'if (hashContent(bytes) !== sha256) return undefined;',
    replace: '',
    breaks: 'a damaged value is made again',
    tests: ['src-main/engine/store/store.test.ts'],
  },
  {
    file: 'src-main/engine/store/log-lines.ts',
    find: 'return line.slice(hashLength + 1, textAt - 1) === hashContent(text) ? text : undefined;',
    replace: 'return text;',
    breaks: 'a damaged line of the log is made again',
    tests: ['src-main/engine/store/value-log.test.ts'],
  },
  {
    file: 'src-main/engine/store/evict.ts',
    find: 'if (total <= limit || entry.usedAt >= keepFrom) break;',
    replace: 'if (total <= limit) break;',
    breaks: 'nothing that an open run uses is evicted',
    tests: ['src-main/engine/store/store.test.ts'],
  },
  {
    file: 'src-main/engine/journal/checkpoint-folder.ts',
    find: 'if (hashContent(bytes) !== described.sha256) return undefined;',
    replace: '',
    breaks: 'training does not go on from a damaged checkpoint',
    tests: ['src-main/engine/journal/journal.test.ts'],
  },
  {
    file: 'src-main/documents/journal/edit-lines.ts',
    find: 'if (parsed?.seq !== seq || parsed.checksum !== checksumOf(checksum, seq, parsed)) return',
    replace: 'if (parsed?.seq !== seq) return',
    breaks: 'a damaged line of a recovery journal changes no document',
    tests: ['src-main/documents/journal/edit-lines.test.ts'],
  },
  {
    file: 'src-main/documents/save-document.ts',
    find: "if (state !== 'same' && state !== 'missing')",
    replace: 'if (state.length === 0)',
    breaks: 'a file that was changed outside is not overwritten without a word',
    tests: ['src-main/documents/documents.test.ts', 'src-main/documents/files.test.ts'],
  },

  // What is exported and served.
  {
    file: 'src-main/exports/compare-outputs.ts',
    find: 'return 1e-4 * (Number.isFinite(size) ? Math.max(1, size) : 1);',
    replace: 'return 1e-2 * (Number.isFinite(size) ? Math.max(1, size) : 1);',
    breaks: 'a difference beyond 1e-4 · max(1, max|y|) fails the export',
    tests: ['src-main/exports/compare-outputs.test.ts'],
  },
  {
    file: 'src-main/exports/compare-outputs.ts',
    find: 'Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference',
    replace: 'Number.isNaN(difference) ? 0 : difference',
    breaks: 'a prediction that is missing or not a number fails the export',
    tests: ['src-main/exports/compare-outputs.test.ts'],
  },
  {
    file: 'src-main/exports/compare-outputs.ts',
    find: 'if (isChanged) classChanges++;',
    replace: '',
    breaks: 'another class where the margin is clear fails the export',
    tests: ['src-main/exports/compare-outputs.test.ts'],
  },
  {
    file: 'src-main/serving/served-model.ts',
    find: 'return classes[scores.indexOf(Math.max(...scores))] ??',
    replace: 'return classes[scores.length - 1 - scores.indexOf(Math.max(...scores))] ??',
    breaks: 'classes are served in the order in which they were trained',
    tests: ['src-main/serving/server.test.ts'],
  },
  {
    file: 'src-main/serving/read-values.ts',
    find: 'return column.mayMiss ? vocabulary.length + 1 : refuseMissing({ column, row });',
    replace: 'return vocabulary.length + 1;',
    breaks: 'a missing value without a rule is refused',
    tests: ['src-main/serving/read-values.test.ts', 'src-main/serving/server.test.ts'],
  },
  {
    file: 'src-main/serving/read-values.ts',
    find: 'if (only && !only.includes(text)) {',
    replace: 'if (only && text.length < 0) {',
    breaks: 'a category never seen is refused where the preparation says so',
    tests: ['src-main/serving/read-values.test.ts', 'src-main/serving/server.test.ts'],
  },
  {
    file: 'src-main/serving/read-values.ts',
    find: 'return codes.get(text) ?? vocabulary.length;',
    replace: 'return codes.get(text) ?? vocabulary.length + 1;',
    breaks: 'a category never seen is not taken for a missing one',
    tests: ['src-main/serving/read-values.test.ts', 'src-main/serving/server.test.ts'],
  },
  {
    file: 'src-main/serving/served-model.ts',
    find: 'const bad = values.findIndex((value) => !Number.isFinite(value));',
    replace: 'const bad = values.findIndex((value) => value !== value && false);',
    breaks: 'a prediction that is not a number is not sent',
    tests: ['src-main/serving/server.test.ts'],
  },

  // Who may ask, and what nobody may see.
  {
    file: 'src-main/web/request-rules.ts',
    find: "return 'Host is not this server.';",
    replace: 'void 0;',
    breaks: 'a name that was made to lead to this machine is refused',
    tests: ['src-main/web/web-rules.test.ts'],
  },
  {
    file: 'src-main/web/request-rules.ts',
    find: "if (headers['sec-fetch-site'] === 'cross-site') return 'Another site asks.';",
    replace: '',
    breaks: 'another site is refused',
    tests: ['src-main/web/web-rules.test.ts'],
  },
  {
    file: 'src-main/web/request-rules.ts',
    find: "? undefined : 'Origin is not this page.'",
    replace: '? undefined : undefined',
    breaks: 'only our own page may change anything',
    tests: ['src-main/web/web-rules.test.ts'],
  },
  {
    file: 'src-main/web/request-rules.ts',
    find: '.every(Boolean)',
    replace: '.some(Boolean)',
    breaks: 'the cookie alone opens nothing, nor does the key of the page',
    tests: ['src-main/web/web-rules.test.ts'],
  },
  {
    file: 'src-main/exports/targets/secrets.ts',
    find: 'encodeURIComponent(value), ',
    replace: '',
    breaks: 'a secret that a server repeats inside a URL is taken out',
    tests: ['src-main/exports/targets/lepton.test.ts', 'src-main/exports/targets/s3.test.ts'],
  },
  {
    file: 'src-main/exports/targets/secrets.ts',
    find: 'rest.replaceAll(written',
    replace: 'rest.replace(written',
    breaks: 'no text that leaves a deployment has a secret in it, however often',
    tests: ['src-main/exports/targets/lepton.test.ts', 'src-main/exports/targets/s3.test.ts'],
  },
];
