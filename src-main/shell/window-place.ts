import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window stood when it was last closed. */
export interface WindowPlace extends Partial<Rectangle> {
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
}

const usual: WindowPlace = { width: 1440, height: 900, isMaximized: false };
export const smallestWindow = { minWidth: 960, minHeight: 600 } as const;

/** Reads where the last window stood. Where that is on no screen now, only its size counts. */
export function readWindowPlace(folder: string, screens: readonly Rectangle[]): WindowPlace {
  try {
    return fitPlace(JSON.parse(readFileSync(fileIn(folder), 'utf8')), screens);
  } catch {
    return fitPlace(usual, screens);
  }
}

/** Losing it costs nothing, so a disk that fails is no reason to say anything. */
export function writeWindowPlace(folder: string, place: WindowPlace): void {
  const file = fileIn(folder);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(place));
    renameSync(`${file}.new`, file);
  } catch {
    // See above.
  }
}

/** Makes of anything a place on one of the screens; the first is the main one. */
export function fitPlace(value: unknown, screens: readonly Rectangle[]): WindowPlace {
  const { x, y, width, height, isMaximized } = numbersOf(value);
  const screen = screens.find((area) => x !== undefined && y !== undefined && holdsTitle(area, { x, y }));
  const area = screen || screens[0];
  const size = {
    width: Math.max(smallestWindow.minWidth, Math.min(width, area ? area.width : width)),
    height: Math.max(smallestWindow.minHeight, Math.min(height, area ? area.height : height)),
    isMaximized,
  };
  return screen && x !== undefined && y !== undefined ? { ...size, x, y } : size;
}

/** The part of a window by which it is moved must be within reach. */
function holdsTitle(area: Rectangle, { x, y }: { x: number; y: number }): boolean {
  return x >= area.x - 50 && x < area.x + area.width - 200 && y >= area.y - 10 && y < area.y + area.height - 100;
}

function numbersOf(value: unknown): WindowPlace {
  const record: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
  const number = (name: string) => {
    const found = record[name];
    return typeof found === 'number' && Number.isFinite(found) ? Math.round(found) : undefined;
  };
  const [x, y] = [number('x'), number('y')];
  return {
    ...(x !== undefined && y !== undefined ? { x, y } : {}),
    width: number('width') || usual.width,
    height: number('height') || usual.height,
    isMaximized: record.isMaximized === true,
  };
}

function fileIn(folder: string): string {
  return join(folder, 'window-place.json');
}
