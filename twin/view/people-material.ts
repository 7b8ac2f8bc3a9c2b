/**
 * Poses figures where they are drawn: agents' columns are the attributes, so that nothing is copied for a frame. Limbs swing with the way walked,
 * who sits has bent knees, who lies is on the back, who is pushed lies on a trolley; parts of other roles are folded into one point.
 */
import { Color, MeshBasicMaterial, MeshLambertMaterial, Vector2 } from 'three'
import { ROLE_COLOURS, TINT_COLOURS } from './palette.ts'

/** What all figures share; written before each frame. */
export interface PeopleUniforms {
  metresApart: { value: number }
  /** How much larger than life people are drawn. */
  scale: { value: number }
  /** Storeys drawn: from, to. */
  storeys: { value: Vector2 }
  garments: { value: Color[] }
}

export const peopleUniforms = (): PeopleUniforms => ({
  metresApart: { value: 4 },
  scale: { value: 1 },
  storeys: { value: new Vector2(0, 99) },
  garments: { value: [...ROLE_COLOURS, ...TINT_COLOURS].map((colour) => new Color(colour)) },
})

const COLUMNS = `
attribute float agentX, agentZ, agentFloor, agentSin, agentCos, agentRole, agentPose, agentTint, agentWaits, agentSeed;
uniform float metresApart, scale;
uniform vec2 storeys;
bool isShown() {
  float storey = floor(agentFloor + 0.5);
  return storey >= storeys.x && storey <= storeys.y;
}
vec3 placed(vec3 at) {
  return vec3(
    agentX + agentCos * at.x + agentSin * at.z,
    agentFloor * metresApart + at.y,
    agentZ - agentSin * at.x + agentCos * at.z
  );
}
`

/** Poses by number, as in \`agents.ts\`: standing 0, walking 1, lying 2, sitting 3, carried 4. */
const POSE = `
vec3 objectNormal = vec3(normal);
vec3 posed = vec3(position);
float which = part.x;
bool isCart = agentRole > 4.5;
bool isFolded = !isShown()
  || (which < 9.5 && isCart)
  || (which > 9.5 && which < 19.5 && which != 10.0 + agentRole)
  || (which > 19.5 && which < 20.5 && agentPose < 3.5)
  || (which > 20.5 && agentWaits < 0.5);
if (which > 0.5 && which < 4.5) {
  bool isArm = which > 2.5;
  float side = mod(which, 2.0) < 0.5 ? 1.0 : -1.0;
  float angle = 0.0;
  if (agentPose > 0.5 && agentPose < 1.5) angle = sin((agentX + agentZ) * 4.1 + agentSeed) * (isArm ? -0.5 : 0.55) * side;
  else if (agentPose > 2.5 && agentPose < 3.5 && isArm) angle = 0.75;
  float hip = isArm ? 1.36 : 0.86;
  float low = posed.y - hip;
  posed.y = hip + low * cos(angle) + posed.z * sin(angle);
  posed.z = posed.z * cos(angle) - low * sin(angle);
  objectNormal.yz = vec2(objectNormal.y * cos(angle) + objectNormal.z * sin(angle), objectNormal.z * cos(angle) - objectNormal.y * sin(angle));
  if (agentPose > 2.5 && agentPose < 3.5 && !isArm) {
    // The knee is half way: the thigh lies, the shin hangs from it.
    float thigh = min(0.42, 0.86 - position.y);
    posed.z = position.z + thigh;
    posed.y = position.y + thigh;
  }
}
float size = scale;
if (agentPose > 2.5 && agentPose < 3.5) posed.y -= 0.4;
bool isLying = (agentPose > 1.5 && agentPose < 2.5) || (agentPose > 3.5 && which < 19.5);
if (isLying) {
  size = min(scale, 1.1);
  posed = which > 20.5 ? vec3(posed.x, posed.y - 0.75, posed.z) : vec3(posed.x, 0.66 + posed.z, 0.82 - posed.y);
  objectNormal = vec3(objectNormal.x, objectNormal.z, -objectNormal.y);
}
if (agentPose > 3.5) {
  size = min(scale, 1.25);
  if (which < 19.5) posed.y += 0.18;
}
posed = isFolded ? vec3(agentX, -900.0, agentZ) : placed(posed * size);
objectNormal = vec3(agentCos * objectNormal.x + agentSin * objectNormal.z, objectNormal.y, agentCos * objectNormal.z - agentSin * objectNormal.x);
`

const COLOUR = `
vColor = vec4(color.rgb, 1.0);
float dye = part.y;
vec3 garment = agentRole < 0.5 ? garments[6 + int(agentTint)] : garments[int(agentRole)];
float tone = fract(agentSeed * 0.37);
if (dye > 2.5) vColor.rgb = mix(vec3(0.035, 0.025, 0.02), vec3(0.42, 0.38, 0.34), tone * tone);
else if (dye > 1.5) vColor.rgb = mix(vec3(0.80, 0.55, 0.40), vec3(0.22, 0.11, 0.06), fract(agentSeed * 0.73) * fract(agentSeed * 0.73));
else if (dye > 0.01) vColor.rgb = dye > 0.9 ? garment : (agentRole > 1.5 && agentRole < 2.5 ? vec3(0.09, 0.13, 0.17) : garment * dye);
`

export const peopleMaterial = (uniforms: PeopleUniforms): MeshLambertMaterial => {
  const material = new MeshLambertMaterial({ vertexColors: true })
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>\nattribute vec2 part;\nuniform vec3 garments[${uniforms.garments.value.length}];\n${COLUMNS}`,
      )
      .replace('#include <color_vertex>', COLOUR)
      .replace('#include <beginnormal_vertex>', POSE)
      .replace('#include <begin_vertex>', 'vec3 transformed = posed;')
  }
  return material
}

/** Round shadows under those who stand. */
export const blobMaterial = (uniforms: PeopleUniforms): MeshBasicMaterial => {
  const material = new MeshBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false })
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    shader.vertexShader = shader.vertexShader.replace('#include <common>', `#include <common>\n${COLUMNS}`).replace(
      '#include <begin_vertex>',
      `bool isBlob = isShown() && (agentPose < 1.5 || agentPose > 2.5);
vec3 transformed = isBlob
  ? placed(vec3(position.x, 0.03, position.z * (agentPose > 3.5 ? 2.2 : 1.0)) * vec3(scale, 1.0, scale))
  : vec3(agentX, -900.0, agentZ);`,
    )
  }
  return material
}
