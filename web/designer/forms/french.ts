/** The form editor of form-js speaks English alone and offers no translation: what it draws is put into French as it is drawn. */

const WORDS = `Components=Champs|Search components=Chercher un champ|Input=Saisie|Selection=Choix|Presentation=Présentation|Containers=Groupes|Action=Action
Text field=Texte court|Text area=Texte long|Number=Nombre|Date time=Date et heure|Expression=Expression|File picker=Fichier|Checkbox=Case à cocher|Checkbox group=Cases à cocher|Radio group=Choix unique|Select=Liste|Tag list=Étiquettes
Text view=Texte affiché|Image view=Image|HTML view=HTML|Table=Tableau|Document preview=Aperçu de document|Spacer=Espace|Separator=Séparateur|Group=Groupe|Dynamic list=Liste à lignes|iFrame=Page intégrée|Button=Bouton|Form=Formulaire
General=Général|Condition=Condition|Layout=Disposition|Appearance=Apparence|Validation=Contrôle|Custom properties=Propriétés libres|Options source=D’où viennent les choix|Static options=Choix|Input values key=Variable des choix|Dynamic options=Choix calculés|Options expression=Expression des choix
Field label=Libellé|Label=Libellé|Value=Valeur|Key=Variable|Field description=Explication|Default value=Valeur de départ|Default=Départ|Required=Obligatoire|Disabled=Désactivé|Read only=Lecture seule|Minimum=Minimum|Maximum=Maximum|Minimum length=Longueur minimale|Maximum length=Longueur maximale
Custom regular expression=Forme particulière|Validation pattern=Forme attendue|Email=Courriel|Phone=Téléphone|None=Aucune|Custom=Autre|Decimal digits=Décimales|Increment=Pas|Prefix=Avant|Suffix=Après|Searchable=Recherche possible|Columns=Colonnes|Auto=Automatique|Vertical alignment=Alignement|Top=En haut|Center=Au milieu|Bottom=En bas
Text=Texte|Title=Titre|ID=Identifiant|Type=Nature|Subtype=Sorte|Date label=Libellé de la date|Time label=Libellé de l’heure|Time format=Forme de l’heure|Time interval=Pas des heures|Use 24h=Sur 24 heures|Disallow past dates=Pas de date passée|Date=Date|Time=Heure|Date & time=Date et heure|Constraints=Limites|Serialization=Écriture
Deactivate if=Désactivé si|Hide if=Caché si|Checked=Coché|Not checked=Non coché|Height=Hauteur|Version tag=Version|Binds to a form variable=Le nom de la variable qui est écrite|Drag and drop components here to start designing.=Déposez ici un champ pour commencer.|Build your form=Composez le formulaire
Use the preview window to test your form.=Le parcours le montre tel quel à qui fait l’étape.|Select a form field to edit its properties.=Choisissez un champ pour voir ses propriétés.|Remove=Retirer|Create=Ajouter|Toggle section=Ouvrir ou fermer|Create new list item=Ajouter|Delete item=Retirer`

/** A word that is the same in both is none to be changed: changing it would be seen as one more change. */
const french = new Map(
  WORDS.split(/[|\n]/)
    .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
    .filter(([english, said]) => english !== said),
)
const ATTRIBUTES = ['placeholder', 'title', 'aria-label']
/** Of the form itself: what its author wrote stays as it is. */
const AUTHORS = '.fjs-form'

/** Puts what stands and what will be drawn into French. @returns how to stop. */
export function inFrench(container: HTMLElement): () => void {
  const translate = (node: Node): void => {
    if (node instanceof Text) {
      const said = french.get(node.data.trim())
      if (said && !node.parentElement?.closest(AUTHORS)) node.data = said
    } else if (node instanceof Element) {
      for (const attribute of ATTRIBUTES) {
        const said = french.get(node.getAttribute(attribute) ?? '')
        if (said) node.setAttribute(attribute, said)
      }
      for (const child of node.childNodes) translate(child)
    }
  }
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes)
      if (type === 'characterData') translate(target)
      else for (const node of addedNodes) translate(node)
  })
  translate(container)
  observer.observe(container, { childList: true, subtree: true, characterData: true })
  return () => observer.disconnect()
}
