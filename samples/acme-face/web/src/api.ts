export type Ethnicity = 'african' | 'east_asian' | 'european' | 'middle_eastern' | 'south_asian';

export interface FaceAttributes {
  age: number;
  gender: 'female' | 'male';
  glasses: 'none' | 'clear' | 'sunglasses';
  mask: boolean;
  ethnicity: Ethnicity;
}

export interface Face {
  box: [number, number, number, number];
  attributes: FaceAttributes;
}

const TIMEOUT_MS = 5_000;

function timeout(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('The analysis took too long.')), ms));
}

export async function analyze(image: Blob): Promise<Face[]> {
  const request = fetch('/v1/faces/analyze', { method: 'POST', body: image });
  const response = await Promise.race([request, timeout(TIMEOUT_MS)]);
  if (!response.ok) throw new Error(`The service answered ${response.status}.`);
  return (await response.json()).faces;
}
