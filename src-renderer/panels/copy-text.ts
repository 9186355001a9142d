import { orTell } from '../app/tell';
import { toast } from '../store/ui';

/** Puts a text on the clipboard and says so. */
export function copyText(text: string, said: string): void {
  void orTell(navigator.clipboard.writeText(text).then(() => toast({ tone: 'info', text: said })));
}
