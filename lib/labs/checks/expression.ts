import { z } from 'zod';

/** A regular expression as an author writes it. */
export const expressionSchema = z
  .string()
  .refine(isExpression, { error: 'is no regular expression that JavaScript knows' });

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'm') instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
