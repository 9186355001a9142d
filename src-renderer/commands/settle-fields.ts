/** What is being typed into a field counts as entered: fields hand over what they hold when they lose the focus. */
export function settleFields(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !isField(field)) return;
  field.blur();
  field.focus({ preventScroll: true });
}

/** Somewhere to type: keys belong to it. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|range|color|file)$/.test(target.type);
}
