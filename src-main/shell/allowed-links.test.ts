import { expect, test } from 'vitest';
import { mayOpen } from './allowed-links';

test('documentation over https may be opened', () => {
  expect(mayOpen('https://www.tensorflow.org/guide?x=1#y')).toBe(true);
});

test.each([
  'http://www.tensorflow.org/',
  'https://www.tensorflow.org.evil.example/',
  'https://evil.example/?www.tensorflow.org',
  'https://www.tensorflow.org@evil.example/',
  'https://user:secret@keras.io/',
  'https://keras.io:8443/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://server/share',
  '',
])('%s is not opened', (address) => {
  expect(mayOpen(address)).toBe(false);
});
