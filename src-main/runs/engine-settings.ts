import settings from './engine-settings.json';

/**
 * V8's flags for an engine. Its memory is arrays outside V8's heap: each time they grow V8 would mark its small heap bit
 * by bit, beside the work, and slow it down; at once it takes a few milliseconds. Node 20 has `ArrayBuffer.transfer`,
 * which frees an array without waiting for that, behind a flag.
 */
export function engineFlags(): string[] {
  return [...settings.flags, ...('transfer' in ArrayBuffer.prototype ? [] : settings.flagsForTransfer)];
}

/**
 * What people set comes first. Native libraries print to standard error at will; what they say belongs to logs, not to
 * the terminal. Large pages: glibc asks Linux for them, and an array of many megabytes is there in a few page faults.
 */
export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...settings.environment, ...env };
}
