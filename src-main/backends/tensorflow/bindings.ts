import type { LibraryHandle } from 'koffi';

/** An address in the process; koffi hands pointers as bigint and NULL as null. */
export type Pointer = bigint;
type Memory = Pointer | ArrayBufferView | null;

/** The part of TensorFlow's C API that we use (`tensorflow/c/c_api.h`, 2.4 or newer). */
export interface TensorflowApi {
  version(): string;
  newStatus(): Pointer;
  deleteStatus(status: Pointer): void;
  statusCode(status: Pointer): number;
  statusMessage(status: Pointer): string;
  newBuffer(bytes: Memory, length: number): Pointer;
  deleteBuffer(buffer: Pointer): void;
  newGraph(): Pointer;
  deleteGraph(graph: Pointer): void;
  newImportOptions(): Pointer;
  deleteImportOptions(options: Pointer): void;
  importGraph(graph: Pointer, bytes: Pointer, options: Pointer, status: Pointer): void;
  operation(graph: Pointer, name: string): Pointer | null;
  newSessionOptions(): Pointer;
  deleteSessionOptions(options: Pointer): void;
  setConfig(options: Pointer, bytes: Memory, length: number, status: Pointer): void;
  newSession(graph: Pointer, options: Pointer, status: Pointer): Pointer | null;
  loadSavedModel(...args: readonly unknown[]): Pointer | null;
  closeSession(session: Pointer, status: Pointer): void;
  listDevices(session: Pointer, status: Pointer): Pointer | null;
  deviceCount(devices: Pointer): number;
  deviceType(devices: Pointer, index: number, status: Pointer): string;
  deviceMemory(devices: Pointer, index: number, status: Pointer): number;
  deleteDevices(devices: Pointer): void;
  deleteSession(session: Pointer, status: Pointer): void;
  run: { (...args: readonly unknown[]): void; async(...args: readonly unknown[]): void };
  allocateTensor(type: number, sizes: Memory, rank: number, bytes: number): Pointer | null;
  deleteTensor(tensor: Pointer): void;
  tensorData(tensor: Pointer): Pointer | null;
  tensorBytes(tensor: Pointer): number;
  tensorType(tensor: Pointer): number;
  tensorRank(tensor: Pointer): number;
  tensorSize(tensor: Pointer, axis: number): number;
  stringInit(text: Pointer): void;
  stringCopy(text: Pointer, bytes: Memory, length: number): void;
  stringBytes(text: Pointer): Pointer | null;
  stringLength(text: Pointer): number;
  stringFree(text: Pointer): void;
  copy(to: Memory, from: Memory, bytes: number): unknown;
  allocate(count: number, bytes: number): Pointer;
  free(memory: Pointer): void;
}

const tensorflow: Readonly<Record<Exclude<keyof TensorflowApi, 'copy' | 'allocate' | 'free'>, string>> = {
  version: 'const char *TF_Version()',
  newStatus: 'void *TF_NewStatus()',
  deleteStatus: 'void TF_DeleteStatus(void *status)',
  statusCode: 'int TF_GetCode(void *status)',
  statusMessage: 'const char *TF_Message(void *status)',
  newBuffer: 'void *TF_NewBufferFromString(const void *bytes, size_t length)',
  deleteBuffer: 'void TF_DeleteBuffer(void *buffer)',
  newGraph: 'void *TF_NewGraph()',
  deleteGraph: 'void TF_DeleteGraph(void *graph)',
  newImportOptions: 'void *TF_NewImportGraphDefOptions()',
  deleteImportOptions: 'void TF_DeleteImportGraphDefOptions(void *options)',
  importGraph: 'void TF_GraphImportGraphDef(void *graph, void *bytes, void *options, void *status)',
  operation: 'void *TF_GraphOperationByName(void *graph, const char *name)',
  newSessionOptions: 'void *TF_NewSessionOptions()',
  deleteSessionOptions: 'void TF_DeleteSessionOptions(void *options)',
  setConfig: 'void TF_SetConfig(void *options, const void *bytes, size_t length, void *status)',
  newSession: 'void *TF_NewSession(void *graph, void *options, void *status)',
  loadSavedModel:
    'void *TF_LoadSessionFromSavedModel(void *options, void *runOptions, const char *folder, const char **tags, int tagCount, void *graph, void *metaGraph, void *status)',
  listDevices: 'void *TF_SessionListDevices(void *session, void *status)',
  deviceCount: 'int TF_DeviceListCount(void *devices)',
  deviceType: 'const char *TF_DeviceListType(void *devices, int index, void *status)',
  deviceMemory: 'int64_t TF_DeviceListMemoryBytes(void *devices, int index, void *status)',
  deleteDevices: 'void TF_DeleteDeviceList(void *devices)',
  closeSession: 'void TF_CloseSession(void *session, void *status)',
  deleteSession: 'void TF_DeleteSession(void *session, void *status)',
  run: 'void TF_SessionRun(void *session, void *runOptions, void *inputs, void *inputValues, int inputCount, void *outputs, void *outputValues, int outputCount, void *targets, int targetCount, void *metadata, void *status)',
  allocateTensor: 'void *TF_AllocateTensor(int type, const void *sizes, int rank, size_t bytes)',
  deleteTensor: 'void TF_DeleteTensor(void *tensor)',
  tensorData: 'void *TF_TensorData(void *tensor)',
  tensorBytes: 'size_t TF_TensorByteSize(void *tensor)',
  tensorType: 'int TF_TensorType(void *tensor)',
  tensorRank: 'int TF_NumDims(void *tensor)',
  tensorSize: 'int64_t TF_Dim(void *tensor, int axis)',
  stringInit: 'void TF_StringInit(void *text)',
  stringCopy: 'void TF_StringCopy(void *text, const void *bytes, size_t length)',
  stringBytes: 'void *TF_StringGetDataPointer(void *text)',
  stringLength: 'size_t TF_StringGetSize(void *text)',
  stringFree: 'void TF_StringDealloc(void *text)',
};

const memory = {
  copy: 'void *memcpy(void *to, const void *from, size_t bytes)',
  allocate: 'void *calloc(size_t count, size_t bytes)',
  free: 'void free(void *memory)',
};

/** Declares the functions of both libraries; a missing symbol throws here, not in mid-run. */
export function bind(library: LibraryHandle, libc: LibraryHandle): TensorflowApi {
  const declare = (from: LibraryHandle, definitions: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(definitions).map(([name, definition]) => [name, from.func(definition)]));
  // koffi's functions are untyped; the interface above repeats the C declarations beside it.
  return { ...declare(library, tensorflow), ...declare(libc, memory) } as unknown as TensorflowApi;
}
