import type * as nestjsZod from 'nestjs-zod';

/**
 * nestjs-zod loads @nestjs/swagger, which is optional to it, for a decorator that nobody here uses: a tenth of a second
 * of every start. While it is loaded it finds an empty one; the pages of the API load the real one when they are asked for.
 */
function loadWithoutSwagger(): typeof nestjsZod {
  const swagger = require.resolve('@nestjs/swagger');
  const present = require.cache[swagger];
  if (!present) require.cache[swagger] = { id: swagger, filename: swagger, loaded: true, exports: {} } as NodeJS.Module;
  try {
    return require('nestjs-zod') as typeof nestjsZod;
  } finally {
    if (!present) delete require.cache[swagger];
  }
}

export const { createZodValidationPipe } = loadWithoutSwagger();
