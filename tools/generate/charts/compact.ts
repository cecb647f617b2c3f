// How generated files of the charts are written: whatever fits on one line stands on one line, so that a change shows as
// the lines that it is about and a file stays short enough to be read.
import { isCollection, visit, type Document } from 'yaml';

const WIDTH = 150;
/** Of a list or map of plain values, such as the labels of an object. */
const WIDTH_OF_LEAVES = 260;

/** JSON in which only what does not fit is spread over several lines; what lies `depth` collections deep never is. */
export function compactJson(value: unknown, depth: number, above = 0): string {
  if (typeof value !== 'object' || value === null || isOneLine(value, above, depth)) return onOneLine(value);
  const [here, deeper] = ['  '.repeat(above), '  '.repeat(above + 1)];
  const spread = (open: string, parts: readonly string[], close: string): string => `${open}\n${parts.map((one) => deeper + one).join(',\n')}\n${here}${close}`;
  if (Array.isArray(value)) return spread('[', value.map((one) => compactJson(one, depth, above + 1)), ']');
  return spread('{', Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${compactJson(one, depth, above + 1)}`), '}');
}

/** The same of a YAML document; texts of several lines stay blocks. */
export function compactYaml(document: Document, depth = Infinity): string {
  visit(document, {
    Collection: (_key, node, path) => {
      node.flow = isOneLine(node.toJS(document), path.filter(isCollection).length, depth);
      return node.flow ? visit.SKIP : undefined;
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true });
}

function isOneLine(value: unknown, above: number, depth: number): boolean {
  if (typeof value !== 'object' || value === null || above === 0) return false;
  const text = onOneLine(value);
  const width = Object.values(value).some((one) => typeof one === 'object' && one !== null) ? WIDTH : WIDTH_OF_LEAVES;
  return !text.includes('\\n') && (above >= depth || text.length <= width);
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${onOneLine(one)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
