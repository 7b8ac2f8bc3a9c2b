/** What the modeller says, in French; it is written in English. */
const MENU = `Ad-hoc sub-process=Sous-processus ad hoc|Ad-hoc sub-process (collapsed)=Sous-processus ad hoc (replié)|Ad-hoc sub-process (expanded)=Sous-processus ad hoc (déplié)
Boundary event=Événement attaché|Business rule task=Décision (règle métier)|Call activity=Appel d’un parcours|Cancel boundary event=Annulation attachée|Cancel end event=Fin par annulation
Compensation boundary event=Compensation attachée|Compensation end event=Fin par compensation|Compensation intermediate throw event=Lancer la compensation|Compensation start event=Début par compensation
Complex gateway=Passerelle complexe|Conditional boundary event=Condition attachée|Conditional boundary event (non-interrupting)=Condition attachée (n’interrompt pas)|Conditional flow=Flux conditionnel
Conditional intermediate catch event=Attendre une condition|Conditional start event=Début sur condition|Conditional start event (non-interrupting)=Début sur condition (n’interrompt pas)
Data object reference=Donnée|Data store reference=Dépôt de données|Default flow=Flux par défaut|Empty pool/participant=Participant vide|Expanded pool/participant=Participant
End event=Fin|Error boundary event=Erreur attachée|Error end event=Fin par erreur|Error start event=Début sur erreur|Escalation boundary event=Escalade attachée|Escalation boundary event (non-interrupting)=Escalade attachée (n’interrompt pas)
Escalation end event=Fin par escalade|Escalation intermediate throw event=Escalader|Escalation start event=Début sur escalade|Escalation start event (non-interrupting)=Début sur escalade (n’interrompt pas)
Event based instantiating Gateway=Passerelle d’événements qui démarre|Parallel Event based instantiating Gateway=Passerelle parallèle d’événements qui démarre|Event sub-process=Sous-processus événementiel|Event-based gateway=Passerelle d’événements
Exclusive gateway=Passerelle exclusive (ou)|Inclusive gateway=Passerelle inclusive|Parallel gateway=Passerelle parallèle (et)|Intermediate throw event=Jalon|Link intermediate catch event=Lien entrant|Link intermediate throw event=Lien sortant
Manual task=Tâche manuelle|Message boundary event=Message attaché|Message boundary event (non-interrupting)=Message attaché (n’interrompt pas)|Message end event=Fin par message|Message intermediate catch event=Attendre un message
Message intermediate throw event=Envoyer un message|Message start event=Début sur message|Message start event (non-interrupting)=Début sur message (n’interrompt pas)|Receive task=Tâche de réception|Script task=Calcul (script)|Send task=Tâche d’envoi
Sequence flow=Flux|Service task=Système (connecteur)|Signal boundary event=Signal attaché|Signal boundary event (non-interrupting)=Signal attaché (n’interrompt pas)|Signal end event=Fin par signal|Signal intermediate catch event=Attendre un signal
Signal intermediate throw event=Émettre un signal|Signal start event=Début sur signal|Signal start event (non-interrupting)=Début sur signal (n’interrompt pas)|Start event=Début|Sub-process=Sous-processus|Sub-process (collapsed)=Sous-processus (replié)
Sub-process (expanded)=Sous-processus (déplié)|Task=Tâche|Terminate end event=Fin de tout|Timer boundary event=Délai attaché|Timer boundary event (non-interrupting)=Délai attaché (n’interrompt pas)|Timer intermediate catch event=Attendre un délai
Timer start event=Début à une heure|Timer start event (non-interrupting)=Début à une heure (n’interrompt pas)|Transaction=Transaction|User task=Tâche d’une personne|Loop=Boucle|Collection=Collection|Participant multiplicity=Participants multiples
Parallel multi-instance=Plusieurs en parallèle|Sequential multi-instance=Plusieurs à la suite|Toggle non-interrupting=Interrompt ou non`

const TOOLS = `Activate create/remove space tool=Faire ou retirer de la place|Activate global connect tool=Relier deux éléments|Activate hand tool=Déplacer le schéma|Activate lasso tool=Choisir plusieurs éléments
Add lane above=Ajouter un couloir au-dessus|Add lane below=Ajouter un couloir au-dessous|Add text annotation=Ajouter une note|Align elements=Aligner|Align elements =Aligner |Append compensation activity=Ajouter une activité de compensation
Append conditional intermediate catch event=Puis attendre une condition|Append end event=Puis une fin|Append gateway=Puis une passerelle|Append intermediate/boundary event=Puis un jalon|Append message intermediate catch event=Puis attendre un message
Append receive task=Puis une tâche de réception|Append signal intermediate catch event=Puis attendre un signal|Append task=Puis une tâche|Append timer intermediate catch event=Puis attendre un délai|Change element=Changer de nature
Connect to other element=Relier à un autre élément|Connect using association=Relier par une association|Connect using data input association=Relier à une donnée|Create data object reference=Ajouter une donnée|Create data store reference=Ajouter un dépôt de données
Create end event=Ajouter une fin|Create expanded sub-process=Ajouter un sous-processus|Create gateway=Ajouter une passerelle|Create group=Ajouter un groupe|Create intermediate/boundary event=Ajouter un jalon|Create pool/participant=Ajouter un participant
Create start event=Ajouter un début|Create task=Ajouter une tâche|Delete=Supprimer|Distribute elements horizontally=Répartir en largeur|Distribute elements vertically=Répartir en hauteur|Divide into three lanes=Diviser en trois couloirs
Divide into two lanes=Diviser en deux couloirs|Open {element}=Ouvrir {element}|Search in diagram=Chercher dans le schéma|Search=Chercher|Change type=Changer de nature|No matching entries found.=Rien de tel.`

const TYPES = `Process=Parcours|User Task=Tâche d’une personne|Manual Task=Tâche manuelle|Service Task=Système (connecteur)|Script Task=Calcul|Send Task=Tâche d’envoi|Receive Task=Tâche de réception|Business Rule Task=Décision|Call Activity=Appel d’un parcours
Sub Process=Sous-processus|Sequence Flow=Flux|Conditional Flow=Flux conditionnel|Default Flow=Flux par défaut|Exclusive Gateway=Passerelle exclusive|Parallel Gateway=Passerelle parallèle|Inclusive Gateway=Passerelle inclusive|Event Based Gateway=Passerelle d’événements
Start Event=Début|End Event=Fin|Error End Event=Fin par erreur|Intermediate Throw Event=Jalon|Timer Intermediate Catch Event=Délai|Message Intermediate Catch Event=Attente d’un message|Timer Boundary Event=Délai attaché|Error Boundary Event=Erreur attachée
Message Boundary Event=Message attaché|Text Annotation=Note|Participant=Participant|Lane=Couloir|Click to set a dynamic value with FEEL expression=Écrire une formule FEEL|Click to remove FEEL expression=Revenir à un texte`

const PANEL = `<none>=aucun|Code=Code|Compensation=Compensation|Completion condition=Condition de fin|Condition expression=Condition|Create=Créer|Create new ...=Nouveau…|Cycle=Cycle|Date=Date|Documentation=Explication|Duration=Durée|Element documentation=Explication
Error=Erreur|Escalation=Escalade|Executable=Exécutable|General=Général|Global error reference=Erreur|Global escalation reference=Escalade|Global message reference=Message|Global signal reference=Signal|ID=Identifiant
ID must be a valid QName.=L’identifiant n’a que des lettres, chiffres, tirets.|ID must be unique.=Cet identifiant est déjà pris.|ID must not be empty.=Il faut un identifiant.|ID must not contain prefix.=Pas de deux-points dans l’identifiant.
ID must not contain spaces.=Pas d’espace dans l’identifiant.|Link=Lien|Loop cardinality=Combien de fois|Message=Message|Multi-instance=Plusieurs fois|Multiple elements are selected. Select a single element to edit its properties.=Plusieurs éléments sont choisis : choisissez-en un seul.
Name=Nom|Participant Name=Nom du participant|Process ID=Identifiant du parcours|Process documentation=Explication du parcours|Process name=Nom du parcours|Select an element to edit its properties.=Choisissez un élément pour voir ses propriétés.|Signal=Signal|Timer=Délai
Type=Type|Value=Valeur|Wait for completion=Attendre la fin|Activity reference=Activité|Toggle section=Ouvrir ou fermer|Section contains edits=Il y a quelque chose ici|Create new list item=Ajouter|List contains {numOfItems} item=Un élément|List contains {numOfItems} items={numOfItems} éléments
Toggle list item=Ouvrir ou fermer|Delete item=Supprimer|Format:=Forme :|Format ID must not be empty.=Il faut un identifiant.`

const DECISIONS = `When=Quand|Then=Alors|And=Et|Or=Ou|Annotations=Remarques|Hit policy:=Règle choisie :|View DRD=Vue d’ensemble|Add input=Ajouter une entrée|Add output=Ajouter une sortie|Add rule=Ajouter une règle|Edit input=Modifier l’entrée|Edit output=Modifier la sortie
Add rule above=Ajouter une règle au-dessus|Add rule below=Ajouter une règle au-dessous|Remove rule=Supprimer la règle|Add input left=Ajouter une entrée à gauche|Add input right=Ajouter une entrée à droite|Remove input=Supprimer l’entrée|Remove output=Supprimer la sortie
Add output left=Ajouter une sortie à gauche|Add output right=Ajouter une sortie à droite|Expression=Expression|Input label=Nom de l’entrée|Output label=Nom de la sortie|Output name=Variable|Unique=Unique|First=La première|Any=N’importe laquelle|Priority=Priorité|Collect=Toutes
Rule order=Dans l’ordre des règles|Output order=Dans l’ordre des sorties|Create decision=Ajouter une décision|Create input data=Ajouter une donnée d’entrée|Create knowledge source=Ajouter une source|Create business knowledge model=Ajouter une connaissance`

const french = new Map(
  [MENU, TOOLS, TYPES, PANEL, DECISIONS]
    .join('\n')
    .split(/[|\n]/)
    .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
)

/** The modeller's own translation service. */
export function translator(language: 'fr' | 'en') {
  return (words: string, values: Record<string, string> = {}): string => {
    const said = language === 'fr' ? (french.get(words) ?? words) : words
    return said.replace(/\{([^}]+)\}/g, (whole, name: string) => values[name] ?? whole)
  }
}
