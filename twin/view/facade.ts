/** Walls of storeys that lie under others: bands of the slabs, posts, and glass between them through which one sees people. */
import { MeshLambertMaterial } from 'three'

const PATTERN = `
#include <color_fragment>
vec3 facing = abs(vFacing);
float along = facing.x > 0.5 ? vWhere.z : vWhere.x;
float post = step(0.92, fract(along / 1.8));
float band = step(0.30, abs(vHeight));
float mullion = step(0.47, abs(fract(vHeight * 1.0 + 0.18) - 0.5));
if (facing.y > 0.5) diffuseColor.a = 0.06;
else {
  float solid = max(band, post * 0.85);
  diffuseColor.rgb = mix(diffuseColor.rgb, vec3(0.93, 0.94, 0.94), max(solid, mullion * 0.6));
  diffuseColor.a = mix(0.26, 1.0, max(solid * 0.96, mullion * 0.4));
}
`

export const facadeMaterial = (): MeshLambertMaterial => {
  const material = new MeshLambertMaterial({ transparent: true, depthWrite: false })
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vFacing;\nvarying vec3 vWhere;\nvarying float vHeight;')
      .replace(
        '#include <begin_vertex>',
        '#include <begin_vertex>\nvFacing = normal;\nvHeight = position.y;\nvWhere = (instanceMatrix * vec4(position, 1.0)).xyz;',
      )
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vFacing;\nvarying vec3 vWhere;\nvarying float vHeight;')
      .replace('#include <color_fragment>', PATTERN)
  }
  return material
}
