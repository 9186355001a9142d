import { refuse } from './http-problem';
import { infer, modelMetadata, serverMetadata } from './open-inference';
import { type ServedModel, servedVersion } from './served-model';
import { tensorflowMetadata, tensorflowPredict, tensorflowStatus } from './tensorflow-serving';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (context: { readonly model: ServedModel; readonly body: unknown }) => object | Promise<object>;
}

const named = '/(?<name>[^/:]+)(?:/versions/(?<version>[^/:]+))?';

/** Every route of the server. A path may name the model and its version; both are checked before `answer`. */
export function routes(options: { readonly openapi: object; readonly extra?: ExtraPaths }): Route[] {
  const isOk = () => ({ status: 'ok' });
  const get = (path: string | RegExp, answer: Route['answer']): Route => ({ method: 'GET', path: exact(path), answer });
  const post = (path: string | RegExp, answer: Route['answer']): Route => ({
    method: 'POST',
    path: exact(path),
    answer,
  });
  const predictRoute: Route['answer'] = ({ model, body }) => tensorflowPredict(model, body);
  return [
    ...['/healthz', '/livez', '/ping', ...present(options.extra?.health)].map((path) => get(path, isOk)),
    get('/openapi.json', () => options.openapi),
    get(pattern(`/v1/models${named}`), tensorflowStatus),
    get(pattern(`/v1/models${named}/metadata`), ({ model }) => tensorflowMetadata(model)),
    post(pattern(`/v1/models${named}:predict`), predictRoute),
    get('/v2', serverMetadata),
    get('/v2/health/live', () => ({ live: true })),
    get('/v2/health/ready', () => ({ ready: true })),
    get(pattern(`/v2/models${named}`), ({ model }) => modelMetadata(model)),
    get(pattern(`/v2/models${named}/ready`), ({ model }) => ({ name: model.name, ready: true })),
    post(pattern(`/v2/models${named}/infer`), ({ model, body }) => infer(model, body)),
    ...['/invocations', ...present(options.extra?.predict)].map((path) => post(path, predictRoute)),
  ];
}

/** Paths that a cloud asks for by environment variable (`AIP_HEALTH_ROUTE`, `AIP_PREDICT_ROUTE`). */
export interface ExtraPaths {
  readonly health?: string;
  readonly predict?: string;
}

/** Finds the route and answers; refuses unknown paths, methods, models and versions. */
export async function answerRequest(
  request: { readonly method: string; readonly path: string; readonly readBody: () => Promise<unknown> },
  table: readonly Route[],
  model: ServedModel,
): Promise<object> {
  const here = table.filter(({ path }) => path.test(request.path));
  if (here.length === 0) refuse(`There is nothing at ${request.path}. GET /openapi.json lists what there is.`, 404);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = here.find((candidate) => candidate.method === method);
  if (!route)
    return refuse(`${request.path} answers ${here.map((other) => other.method).join(', ')}, not ${method}.`, 405);
  const { name, version } = route.path.exec(request.path)?.groups ?? {};
  if (name !== undefined && decode(name) !== model.name) {
    refuse(`There is no model "${decode(name)}" here; this server has "${model.name}".`, 404);
  }
  if (version !== undefined && version !== servedVersion) {
    refuse(`The model "${model.name}" has no version ${version}; it has ${servedVersion}.`, 404);
  }
  return route.answer({ model, body: route.method === 'POST' ? await request.readBody() : undefined });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function present(path: string | undefined): string[] {
  return path?.startsWith('/') ? [path] : [];
}

function exact(path: string | RegExp): RegExp {
  return typeof path === 'string' ? pattern(path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : path;
}

function pattern(source: string): RegExp {
  return new RegExp(`^${source}/?$`);
}
