import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';

/** How a person sees a pipeline's window: nodes by name, ports by node and name, everything else by its words. */
export class WindowPage {
  constructor(readonly page: Page) {}

  node(name: string): Locator {
    return this.page.getByTestId(`node-${name}`);
  }

  output(node: string, port: string): Locator {
    return this.page.getByTestId(`port-${node}-out-${port}`);
  }

  input(node: string, port: string): Locator {
    return this.page.getByTestId(`port-${node}-in-${port}`);
  }

  /** An entry of the list at the left. */
  entry(title: string): Locator {
    return this.page.locator('.add-panel').getByRole('option', { name: title, exact: true }).first();
  }

  /** Drags an entry of the list to a place on the canvas, from its upper left corner. */
  async dragIn(title: string, place: { readonly x: number; readonly y: number }): Promise<void> {
    await this.entry(title).dragTo(this.canvas, { targetPosition: place });
  }

  get canvas(): Locator {
    return this.page.locator('.react-flow');
  }

  /** Draws a wire with the mouse, from ring to ring. What a node learns may make it wider: its rings move then. */
  async wire(from: Locator, to: Locator): Promise<void> {
    await from.hover();
    await this.page.mouse.down();
    await to.hover();
    await this.page.mouse.up();
  }

  /** Selects a node by a click on its title. */
  async select(name: string): Promise<void> {
    await this.node(name).locator('.node-head').click();
    await expect(this.node(name)).toHaveAttribute('data-selected', 'true');
  }

  get inspector(): Locator {
    return this.page.locator('.inspector');
  }

  field(label: string): Locator {
    return this.inspector.getByLabel(label, { exact: true });
  }

  /** Types a value into a field of the selected node, or chooses it from a list. */
  async set(label: string, value: string): Promise<void> {
    const field = this.field(label);
    if (await field.evaluate((element) => element.tagName === 'SELECT')) {
      await field.selectOption({ label: value });
      return;
    }
    await field.fill(value);
    await field.press('Enter');
  }

  /** Waits until a node's step has this state. */
  async expectState(name: string, state: string | RegExp, timeout = 120_000): Promise<void> {
    await expect(this.node(name)).toHaveAttribute('data-state', state, { timeout });
  }

  /** Names a file in the window's own dialog, in the folder that is shown or one given whole. */
  async nameFile(path: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.locator('input').fill(path);
    await dialog.locator('input').press('Enter');
    await expect(dialog).toHaveCount(0);
  }
}
