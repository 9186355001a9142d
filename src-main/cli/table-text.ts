/** Rows of cells as aligned lines; numbers to the right. East Asian wide characters count as two. */
export function alignTable(rows: readonly (readonly string[])[], indent = '  '): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) => Math.max(...rows.map((row) => textWidth(row[c] ?? ''))));
  const isNumber = Array.from({ length: columns }, (_, c) =>
    rows.slice(1).every((row) => /^[-−]?[\d.,e-]*$/.test(row[c] ?? '')),
  );
  return rows.map((row) => {
    const cells = row.map((cell, c) => {
      const padding = ' '.repeat((widths[c] ?? 0) - textWidth(cell));
      return isNumber[c] ? padding + cell : cell + padding;
    });
    return (indent + cells.join('  ')).trimEnd();
  });
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns a text takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** The beginning of a text that fits into so many columns. */
export function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let cut = '';
  for (const character of text) {
    width += wide.test(character) ? 2 : 1;
    if (width > columns) break;
    cut += character;
  }
  return cut;
}
