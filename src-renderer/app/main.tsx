import '@fontsource-variable/inter';
import './tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { connect } from '../bridge/bridge';
import { App } from './app';
import { setUpWindow } from './set-up-window';

// The content security policy forbids code made from text; zod would try.
z.config({ jitless: true });

// Some components put style sheets into the page; they look for the nonce that the policy wants under this name.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
Object.assign(globalThis, { __webpack_nonce__: nonce });

async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root element.');
  await connect();
  await setUpWindow();
  createRoot(root).render(<App />);
}

void main();
