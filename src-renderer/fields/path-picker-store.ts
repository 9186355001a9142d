import { create } from 'zustand';

/** What a person is to choose. */
export interface Wish {
  readonly kind: 'file' | 'folder' | 'save';
  readonly title: string;
  /** Where to begin. */
  readonly folder?: string | undefined;
  /** File name to suggest, for `save`. */
  readonly name?: string;
  /** Without dots; empty: any file. */
  readonly extensions?: readonly string[];
}

interface Asked {
  readonly wish: Wish;
  readonly answer: (path: string | undefined) => void;
}

/** What the window's own picker is asked for, while it is open. */
export const usePathPicker = create<{ readonly asked?: Asked }>(() => ({}));

/** Opens the window's own picker; undefined where it is closed without a choice. */
export function pickPath(wish: Wish): Promise<string | undefined> {
  usePathPicker.getState().asked?.answer(undefined);
  return new Promise((resolve) => {
    const answer = (path: string | undefined) => {
      usePathPicker.setState({}, true);
      resolve(path);
    };
    usePathPicker.setState({ asked: { wish, answer } });
  });
}
