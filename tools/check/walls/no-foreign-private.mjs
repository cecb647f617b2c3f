// ESLint rule: what another library keeps to itself is neither read nor written. Private are fields that its types hide
// (reached by a bracket or by a cast to a shape of our own), names that begin with an underscore, files beside its public
// entries, its metadata on decorated classes, and Node's cache of its modules. When: `npm run check:lint`.
import ts from 'typescript';

/** Lingui's documented way to ask for a message. */
const documented = new Set(['_']);
const internalPath = /^(?!\.)(@nestjs\/[a-z-]+\/.+|(@[\w.-]+\/)?[\w.-]+\/(lib|src|internal|internals)\/.+)$/;
const metadataCalls = new Set(['getMetadata', 'getOwnMetadata', 'hasMetadata', 'hasOwnMetadata', 'defineMetadata', 'deleteMetadata']);

/** Node and the language are no library, and Zod documents `def` and `_zod` for code that reads schemas. */
function isForeign(declaration) {
  const { fileName } = declaration.getSourceFile();
  return fileName.includes('/node_modules/') && !/\/node_modules\/(@types\/node|typescript|undici-types|zod|@muster)\//.test(fileName);
}

function declaredForeign(symbol) {
  return symbol?.declarations?.some(isForeign) ?? false;
}

function isForeignType(type) {
  return (type.types ?? [type]).some((part) => declaredForeign(part.aliasSymbol) || declaredForeign(part.symbol));
}

function isOwnType(type) {
  return (type.types ?? [type]).some((part) => (part.aliasSymbol ?? part.symbol)?.declarations?.some((declaration) => !declaration.getSourceFile().fileName.includes('/node_modules/')));
}

function isHidden(symbol) {
  return symbol?.declarations?.some(
    (declaration) => isForeign(declaration) && (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0,
  );
}

/** `{ hashMap: … }`, also inside an intersection; members that are symbols of our own are ours to keep there. */
function addsFields(annotation) {
  if (annotation.type === 'TSIntersectionType') return annotation.types.some(addsFields);
  return annotation.type === 'TSTypeLiteral' && annotation.members.some(({ computed }) => computed === false);
}

export const noForeignPrivate = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      hidden: '`{{name}}` is private to another library: use what it documents.',
      shape: 'This cast reaches what another library keeps private: use what it documents.',
      path: '`{{name}}` is no public entry of its package.',
      metadata: '`{{name}}` is metadata of another library: use its decorators and its Reflector.',
      cache: 'Node’s cache of modules is nobody’s to change: what is loaded is loaded.',
    },
  },
  create(context) {
    const { parserServices } = context.sourceCode;
    const checker = parserServices.program.getTypeChecker();
    const typeOf = (node) => parserServices.getTypeAtLocation(node);
    const path = (node) => {
      if (node?.type === 'Literal' && typeof node.value === 'string' && internalPath.test(node.value) && !node.value.startsWith('@muster/')) {
        context.report({ node, messageId: 'path', data: { name: node.value } });
      }
    };
    return {
      ImportDeclaration: ({ source }) => path(source),
      ImportExpression: ({ source }) => path(source),
      "CallExpression[callee.name='require']": ({ arguments: [source] }) => path(source),
      "MemberExpression[object.name='require'][property.name='cache']": (node) => context.report({ node, messageId: 'cache' }),
      "CallExpression[callee.object.name='Reflect']": ({ callee, arguments: [key] }) => {
        if (!metadataCalls.has(callee.property.name) || key?.type !== 'Literal' || String(key.value).startsWith('design:')) return;
        context.report({ node: key, messageId: 'metadata', data: { name: String(key.value) } });
      },
      MemberExpression(node) {
        const name = node.computed ? node.property.value : node.property.name;
        if (typeof name !== 'string' || documented.has(name)) return;
        if (!node.computed && !name.startsWith('_')) return;
        const symbol = checker.getPropertyOfType(typeOf(node.object), name);
        if (node.computed ? isHidden(symbol) : declaredForeign(symbol)) context.report({ node, messageId: 'hidden', data: { name } });
      },
      TSAsExpression({ expression, typeAnnotation }) {
        const twice = expression.type === 'TSAsExpression' && expression.typeAnnotation.type === 'TSUnknownKeyword';
        const from = twice ? expression.expression : expression;
        if (!isForeignType(typeOf(from))) return;
        if ((twice && isOwnType(typeOf(typeAnnotation))) || addsFields(typeAnnotation)) context.report({ node: typeAnnotation, messageId: 'shape' });
      },
    };
  },
};
