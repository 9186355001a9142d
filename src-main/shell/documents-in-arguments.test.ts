import { expect, test } from 'vitest';
import { documentsInArguments } from './documents-in-arguments';

test('names of pipelines are taken relative to where the person stands', () => {
  const args = ['/opt/Modelyard/modelyard', '--no-sandbox', 'a b.yard', '/tmp/流程.YARD', 'notes.txt', '--x=y.yard'];
  expect(documentsInArguments(args, '/home/me')).toEqual(['/home/me/a b.yard', '/tmp/流程.YARD']);
});

test('a program in a folder that ends like a pipeline is none', () => {
  expect(documentsInArguments(['/opt/odd.yard', '.'], '/')).toEqual([]);
});
