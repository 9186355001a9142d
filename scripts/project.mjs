import { fileURLToPath } from 'node:url';

/** The root of the checkout; every script works from any current folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));
