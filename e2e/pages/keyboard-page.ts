import type { Page } from 'playwright';

/** The window without a mouse: keys only, and what the focus stands on. */
export class KeyboardPage {
  constructor(readonly page: Page) {}

  /** Adds a node by its title; it is selected then. */
  async add(title: string): Promise<void> {
    await this.to('.main-canvas');
    await this.page.keyboard.press('Shift+A');
    await this.page.locator('.add-search input').waitFor();
    await this.page.keyboard.insertText(title);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.add-search').waitFor({ state: 'detached' });
  }

  /** Wires an input of the selected node to the output of another, by its name and the port's. */
  async connectFrom(other: string): Promise<void> {
    await this.to('.main-canvas');
    await this.page.keyboard.press('c');
    const dialog = this.page.getByRole('dialog');
    await dialog.locator('input').waitFor();
    await this.page.keyboard.insertText(other);
    // Others may be offered that lead the other way.
    const wanted = dialog.locator('[cmdk-item][aria-selected="true"]:has(.lucide-arrow-left)', { hasText: other });
    for (let turn = 0; turn < 10 && (await wanted.count()) === 0; turn += 1) {
      await this.page.keyboard.press('ArrowDown');
    }
    await wanted.waitFor();
    await this.page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  }

  /** Sets a field of the selected node's inspector: types into it, or goes through its list. */
  async set(label: string, value: string): Promise<void> {
    await this.to('.inspector');
    await this.tabTo(label);
    if ((await this.focused()).isList) await this.choose(value);
    else {
      await this.page.keyboard.press('Control+a');
      await this.page.keyboard.insertText(value);
      await this.page.keyboard.press('Enter');
    }
  }

  /** Goes round the window's regions until the focus is in one. */
  async to(region: string): Promise<void> {
    for (let turn = 0; turn < 8; turn += 1) {
      if (await this.page.evaluate((selector) => document.activeElement?.closest(selector) !== null, region)) return;
      await this.page.keyboard.press('F6');
    }
    throw new Error(`F6 does not lead to ${region}.`);
  }

  private async tabTo(label: string): Promise<void> {
    for (let turn = 0; turn < 80; turn += 1) {
      if ((await this.focused()).label === label) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${label}.`);
  }

  private async choose(value: string): Promise<void> {
    await this.page.keyboard.press('Home');
    for (let turn = 0; turn < 30; turn += 1) {
      if ((await this.focused()).chosen === value) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`The list does not hold ${value}.`);
  }

  private focused(): Promise<{ label: string; isList: boolean; chosen: string }> {
    return this.page.evaluate(() => {
      const field = document.activeElement;
      const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
      return {
        label: isField ? (field.labels?.[0]?.textContent ?? '') : '',
        isList: field instanceof HTMLSelectElement,
        chosen: field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.textContent ?? '') : '',
      };
    });
  }
}
