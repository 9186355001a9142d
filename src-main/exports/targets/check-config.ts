import { checkParams } from '../../../src-shared/document/check-params';
import { ownEntry } from '../../../src-shared/document/own-entry';
import { parseSetting } from '../../../src-shared/document/parse-setting';
import { defineNode } from '../../../src-shared/nodes/define-node';
import { isVariableName } from '../../../src-shared/nodes/deploy/target-params';
import { type Problem, problem } from '../../../src-shared/problem';
import type { ParamDeclarations, ParamsOf } from '../../../src-shared/types/params';
import type { Environment, Target } from './define-target';

export type CheckedConfig =
  | { readonly config: ParamsOf<ParamDeclarations>; readonly problems: readonly [] }
  | { readonly config?: undefined; readonly problems: readonly Problem[] };

/** `name=value` texts of the command line as settings, read by their declarations. */
export function parseConfig(
  target: Target,
  texts: readonly string[],
): { readonly config: Readonly<Record<string, unknown>>; readonly problems: readonly Problem[] } {
  const config: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (at < 1) {
      problems.push(problem('deploy-setting-malformed'));
      continue;
    }
    const declaration = ownEntry(target.params, name);
    const value = declaration ? parseSetting(text.slice(at + 1), declaration) : text.slice(at + 1);
    // What cannot be read stays a text: the check names what was expected.
    Object.defineProperty(config, name, { value: value ?? text.slice(at + 1), enumerable: true, configurable: true });
  }
  return { config, problems };
}

/** Settings with defaults filled in, or what is wrong with them. Values of secrets' names are never repeated. */
export function checkConfig(target: Target, config: Readonly<Record<string, unknown>>): CheckedConfig {
  const secrets = Object.entries(target.params).filter(([, { type }]) => type === 'secret');
  const leaked = secrets.filter(([name]) => Object.hasOwn(config, name) && !isVariableName(config[name]));
  if (leaked.length > 0) {
    return { problems: leaked.map(([setting]) => problem('deploy-secret-name', { setting }, { param: setting })) };
  }
  const empty = { en: '', zh: '' };
  const form = defineNode({
    kind: `target.${target.name}`,
    title: empty,
    summary: empty,
    version: 1,
    inputs: {},
    outputs: {},
    params: target.params,
  });
  // Checked against the declarations, whatever was in it.
  const { params, problems } = checkParams(form, { name: target.name, params: config as never });
  return params ? { config: params as ParamsOf<ParamDeclarations>, problems: [] } : { problems };
}

/** Variables that are set; an empty one is as good as none. */
export function environmentOf(env: NodeJS.ProcessEnv): Environment {
  return (name) => (env[name] === undefined || env[name] === '' ? undefined : env[name]);
}

/** The problems of variables that have to be set and are not. */
export function missingSecrets(names: readonly string[], env: Environment): Problem[] {
  return names
    .filter((name) => env(name) === undefined)
    .map((variable) => problem('deploy-secret-missing', { variable }));
}
