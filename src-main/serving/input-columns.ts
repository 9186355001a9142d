import type { Vocabularies } from '../../src-shared/compile/passes/cut-lookups';
import type { Program } from '../../src-shared/ops/program';
import type { FittedRecipe } from '../../src-shared/recipe/define-step';
import type { InputColumn } from './input-column';

/** The raw columns of a program whose lookups are cut, with what the recipe refuses instead of handling. */
export function inputColumns(program: Program, vocabularies: Vocabularies, recipe: FittedRecipe): InputColumn[] {
  return Object.entries(program.inputs).map(([name, { dtype, shape }]) => {
    const words = vocabularies[name];
    return {
      name,
      dtype,
      shape: shape.slice(1).map(Number),
      ...(words ? { vocabulary: words } : {}),
      refuses: { unknown: refuses(recipe, name, 'unknown'), missing: refuses(recipe, name, 'missing') },
    };
  });
}

/** Whether a preparation step that touches the column has the policy `error` for such values. */
function refuses(recipe: FittedRecipe, column: string, policy: 'unknown' | 'missing'): boolean {
  return recipe.steps.some(({ params, fitted }) => column in fitted && params[policy] === 'error');
}
