/** Every preparation step, one line each; `catalog.ts` reads it. */
export { clip } from './clip';
export { constantScale } from './constant-scale';
export { datePart } from './date-part';
export { derive } from './derive';
export { dropDuplicates } from './drop-duplicates';
export { dropMissing } from './drop-missing';
export { filterRows } from './filter-rows';
export { impute } from './impute';
export { minMax } from './min-max';
export { oneHot } from './one-hot';
export { ordinal } from './ordinal';
export { signedLog } from './signed-log';
export { standardize } from './standardize';
