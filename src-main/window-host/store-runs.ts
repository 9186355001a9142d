import { isDeepStrictEqual } from 'node:util';
import type { Device } from '../../src-shared/window-data';
import type { FsPort } from '../files/fs-port';
import type { Host } from '../host';
import { RunService } from '../runs/run-service';

export interface StoreChoice {
  readonly store: string;
  readonly storeLimit: number;
  readonly device: Device;
}

interface Opened {
  readonly service: RunService;
  readonly choice: StoreChoice;
  /** Requests and runs under way. */
  users: number;
}

/**
 * Engines of the store and the device that the settings name at the moment. When they name others, what is under way goes on
 * with the old ones, whose engines leave after that.
 */
export class StoreRuns {
  private opened: Opened | undefined;
  /** The one in use, and old ones that still have something to do. */
  private readonly all = new Set<Opened>();

  constructor(
    private readonly host: Omit<Host, keyof StoreChoice>,
    private readonly fs: FsPort,
    private readonly choose: () => StoreChoice,
  ) {}

  /** Works with the engines of the chosen store; they stay at least until the work is done. */
  async use<T>(work: (service: RunService) => Promise<T>): Promise<T> {
    const opened = this.current();
    opened.users++;
    try {
      return await work(opened.service);
    } finally {
      opened.users--;
      await this.closeUnused(opened);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.all].map(({ service }) => service.close()));
    this.all.clear();
    this.opened = undefined;
  }

  private current(): Opened {
    const choice = { ...this.choose() };
    const before = this.opened;
    if (before && isDeepStrictEqual(before.choice, choice)) return before;
    const opened = { service: new RunService({ ...this.host, ...choice }, this.fs), choice, users: 0 };
    this.opened = opened;
    this.all.add(opened);
    if (before) void this.closeUnused(before);
    return opened;
  }

  private async closeUnused(opened: Opened): Promise<void> {
    if (opened === this.opened || opened.users > 0 || !this.all.delete(opened)) return;
    await opened.service.close();
  }
}
