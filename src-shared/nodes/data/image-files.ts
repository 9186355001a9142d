import { fail, type Problem, problem } from '../../problem';
import { type ImageFault, imageFaults, mostMegapixels } from '../../runs/run-context';

export const imageEndings = ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'gif'];

/** Images with the class that each is of; without classes where no folder names one. */
export interface ImageFiles {
  readonly files: readonly string[];
  /** Place in `classes` by file; absent in a folder without folders. */
  readonly codes?: Int32Array;
  readonly classes: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * The first folder on the way to an image names its class.
 * @param listed paths below the folder, sorted
 * @throws ProblemError `image-folder-empty`
 */
export function sortIntoClasses(listed: readonly string[], folder: string): ImageFiles {
  if (listed.length === 0) {
    return fail('image-folder-empty', { folder, endings: imageEndings.join(', ') }, { param: 'folder' });
  }
  const classOf = (file: string) => file.slice(0, Math.max(0, file.indexOf('/')));
  const classes = [...new Set(listed.map(classOf))].filter((name) => name !== '').sort();
  if (classes.length === 0) return { files: listed, classes, problems: [] };
  const beside = listed.filter((file) => classOf(file) === '');
  const files = listed.filter((file) => classOf(file) !== '');
  const place = new Map(classes.map((name, code) => [name, code]));
  const codes = Int32Array.from(files, (file) => place.get(classOf(file)) ?? 0);
  return { files, codes, classes, problems: [...oneClass(classes, folder), ...leftOut(beside)] };
}

function oneClass([first, second]: readonly string[], folder: string): Problem[] {
  if (first === undefined || second !== undefined) return [];
  return [problem('image-folder-one-class', { folder, class: first }, { severity: 'warning', param: 'folder' })];
}

function leftOut(beside: readonly string[]): Problem[] {
  if (beside.length === 0) return [];
  return [problem('image-folder-mixed', named(beside), { severity: 'warning', param: 'folder' })];
}

/** One warning for each kind of fault, with the first files that have it. */
export function setAsideProblems(faults: ReadonlyMap<string, ImageFault>): Problem[] {
  return imageFaults.flatMap((fault) => {
    const files = [...faults].flatMap(([file, found]) => (found === fault ? [file] : []));
    if (files.length === 0) return [];
    const limit = fault === 'too-large' ? { limit: mostMegapixels } : {};
    return [problem(`images-${fault}`, { ...named(files), ...limit }, { severity: 'warning', param: 'folder' })];
  });
}

const namedFiles = 10;

function named(files: readonly string[]): { readonly count: number; readonly files: string } {
  const more = files.length > namedFiles ? ', …' : '';
  return { count: files.length, files: files.slice(0, namedFiles).join(', ') + more };
}
