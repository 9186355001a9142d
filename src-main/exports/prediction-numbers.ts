import { z } from 'zod';
import { answerSchema } from '../../src-shared/answer';

/** What a bundle's server answers to `{ instances }`. */
export const predictionsSchema = z.object({ predictions: z.array(answerSchema) });
