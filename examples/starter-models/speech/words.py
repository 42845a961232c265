"""The words that starter-speech learns to write: common English words by kind, from the head of the
author and no corpus.  The grammar of `sentences.py` joins them; forms of verbs and nouns are made there."""

PEOPLE = """
man woman boy girl child baby friend neighbour teacher doctor nurse driver farmer baker painter singer dancer writer
reader student pupil uncle aunt brother sister mother father son daughter cousin grandmother grandfather parent husband
wife king queen prince princess soldier sailor captain pilot waiter cook chef judge lawyer guard officer manager worker
builder plumber engineer scientist artist actor musician tailor butcher shopkeeper customer visitor guest stranger
tourist traveller player runner swimmer walker cyclist hunter fisherman gardener cleaner postman librarian reporter
editor speaker leader member owner partner prisoner thief witness patient dentist vet priest monk knight hero giant
witch ghost clown crowd family team group class crew band police person passenger volunteer secretary president
minister mayor director student professor inventor carpenter mechanic electrician sculptor poet drummer pianist
"""

ANIMALS = """
dog cat horse cow pig sheep goat lamb calf donkey rabbit mouse rat squirrel hedgehog fox wolf bear lion tiger leopard
elephant giraffe zebra monkey gorilla camel kangaroo koala panda deer moose bird sparrow robin crow raven owl eagle hawk
duck goose swan hen chicken rooster turkey peacock parrot penguin pigeon dove seagull flamingo fish shark whale dolphin
seal octopus crab lobster shrimp snail slug worm frog toad turtle tortoise snake lizard crocodile dinosaur dragon
unicorn bee wasp ant fly spider beetle butterfly moth mosquito cricket ladybird puppy kitten pony hamster bat badger
otter beaver raccoon skunk hippopotamus rhinoceros ox bull buffalo llama salmon trout insect animal pet creature
"""

FOOD = """
apple pear plum peach cherry grape lemon lime orange banana melon watermelon strawberry raspberry blueberry pineapple
mango coconut kiwi avocado tomato potato carrot onion garlic pepper cucumber cabbage lettuce spinach broccoli mushroom
bean pea pumpkin corn bread loaf roll bun toast sandwich burger pizza pasta noodle soup stew salad sauce egg cheese
butter bacon sausage ham steak pie cake cookie biscuit muffin pancake waffle doughnut pudding jelly chocolate sweet
candy lollipop honey jam sugar salt flour oil vinegar rice cereal porridge yoghurt cream milk juice tea coffee water
lemonade wine beer meal breakfast lunch dinner supper snack dessert recipe fruit vegetable nut peanut walnut chestnut
ice popcorn pretzel croissant taco
"""

THINGS = """
book page letter word sentence paper pen pencil brush paint picture photograph map sign poster card ticket stamp
envelope parcel box bag basket bottle jar can cup glass mug plate bowl fork knife spoon pan pot kettle oven stove fridge
table chair bench stool sofa bed pillow blanket sheet towel curtain carpet rug lamp candle bulb switch clock watch
mirror window door gate key lock bell handle shelf drawer cupboard wardrobe desk computer keyboard screen printer
telephone phone radio television camera microphone speaker headphone battery cable wire plug machine engine motor wheel
tyre car bus van truck lorry tractor taxi ambulance bicycle bike motorcycle scooter train tram carriage wagon boat ship
ferry canoe sail anchor rocket plane aeroplane helicopter balloon parachute kite ball bat racket net goal doll toy
puzzle game dice drum guitar piano violin trumpet flute harp whistle song tune hat cap helmet crown scarf glove mitten
coat jacket shirt jumper dress skirt trousers sock shoe boot sandal slipper belt button zip pocket purse wallet coin
note ring necklace umbrella stick rope string thread needle scissors hammer nail screw saw spade shovel rake bucket hose
ladder brick stone rock board plank pipe tube tank barrel crate chain hook magnet sponge soap comb razor toothbrush
medicine pill bandage mask flag trophy medal present gift ribbon crayon notebook diary newspaper magazine dictionary
calendar suitcase backpack luggage statue robot telescope microscope compass thermometer lighthouse lantern torch
gem diamond feather shell bone egg nest web cage saddle tent sledge skateboard wand hourglass satellite anchor wrench
"""

PLACES = """
house home flat building tower castle palace church temple school college university hospital library museum gallery
theatre cinema shop store market supermarket bakery restaurant hotel office bank station airport harbour port beach
garden park playground field farm barn stable mill factory workshop garage street road path lane avenue corner crossing
bridge tunnel motorway city town village country island mountain hill valley river lake pond sea ocean forest wood
jungle desert cave cliff waterfall volcano glacier meadow swamp kitchen bathroom bedroom hall cellar attic roof wall
floor ceiling balcony stairs corridor lift room yard fence court stadium gym pool zoo circus camp prison post platform
square centre entrance exit border coast bay shore world planet moon
"""

NATURE = """
sun star sky cloud rain snow wind storm thunder lightning rainbow fog mist frost hail air fire smoke ash flame light
shadow earth ground soil mud sand dust grass leaf flower rose tulip daisy sunflower lily poppy orchid cactus tree oak
pine palm willow maple bush hedge branch root seed fruit wave tide stream island winter summer spring autumn weather
sunrise sunset hole heat cold
"""

BODY = "head face hair eye ear nose mouth tooth tongue lip chin cheek neck throat shoulder arm elbow hand finger thumb " \
       "chest back stomach leg knee foot ankle toe heart brain skin blood voice smile beard"

IDEAS = """
time day night morning evening afternoon week month year hour minute second moment century age date birthday holiday
weekend beginning end middle part half piece side top bottom front edge line circle triangle square rectangle star shape
colour number amount size length height weight speed distance price cost value money story idea plan problem question
answer reason result mistake example fact secret dream hope fear love joy anger trouble luck chance choice change
difference rule law right duty job work task business company meeting lesson course test exam mark grade subject
language grammar history science art music dance sport race match prize party wedding festival concert journey trip
visit walk ride flight road accident danger peace war battle fight victory noise sound silence voice message news
report speech talk conversation joke rumour promise offer order request help advice warning permission opinion memory
knowledge skill habit custom culture nature health illness cough fever pain sleep rest thing kind sort way place name
title address group list row column chart diagram graph bar slice total average experiment discovery invention energy
power force pressure temperature signal system program file folder password button menu window network software
description caption sentence paragraph chapter model measure detail background corner direction position
"""

ADJECTIVES = """
big small large little tiny huge enormous great long short tall high low deep shallow wide narrow thick thin fat heavy
light fast quick slow early late new old young ancient modern fresh hot warm cool cold wet dry clean dirty clear bright
dark pale loud quiet silent soft hard smooth rough sharp round flat straight crooked empty full open closed strong weak
rich poor cheap expensive free busy lazy tired hungry thirsty ill healthy happy sad glad angry afraid brave shy proud
kind cruel nice polite rude gentle wild tame clever stupid wise silly funny serious strange odd normal common rare
special famous unknown important useful useless helpful careful careless easy difficult simple possible impossible
certain true false real correct wrong right left good bad better worse best fine lovely beautiful pretty ugly perfect
terrible horrible awful wonderful excellent pleasant boring interesting exciting amazing dangerous safe lucky calm
nervous worried surprised excited bored lonely friendly honest loyal patient curious sweet sour bitter salty spicy
delicious ripe rotten raw golden wooden metal plastic woollen broken missing lost hidden secret public private local
foreign national international northern southern eastern western central upper lower main final first last next
previous following several various different similar same equal double single whole complete sudden recent daily weekly
yearly natural artificial electric digital mechanical musical medical legal political social personal original
ordinary comfortable cosy crowded peaceful noisy sunny rainy cloudy windy snowy foggy stormy frozen muddy dusty sandy
rocky grassy
"""

COLOURS = "red green blue yellow orange purple pink brown black white grey golden silver violet turquoise beige crimson"

GROUNDS = "plain striped spotted dotted checked gradient textured noisy blurred"

ADVERBS = """
quickly slowly quietly loudly softly gently carefully carelessly happily sadly angrily bravely politely rudely easily
suddenly finally usually often always never sometimes rarely soon later now then today tomorrow yesterday already still
again once twice together alone here there everywhere nowhere inside outside upstairs downstairs nearby far away
almost nearly exactly certainly probably perhaps really quite very rather too also only just even well badly hard fast
early late straight forward backwards immediately recently clearly honestly silently patiently proudly warmly deeply
"""

TRANSITIVE = """
see hear watch find lose keep hold carry bring take give send show tell teach read write draw paint build break mend
repair open close lock push pull lift drop throw catch kick hit touch feel smell taste eat drink cook bake boil fry cut
slice peel wash clean wipe sweep brush dry iron fold wear buy sell pay count measure weigh cost choose pick collect hide
seek follow lead guide drive ride fly park stop start finish begin continue change move turn fill empty cover wrap tie
join mix add remove burn light grow plant water feed hunt save help thank greet visit meet invite call phone ask answer
know understand remember forget believe trust love like hate want need enjoy miss admire fear expect describe explain
mention repeat record play sing learn study check test use try share borrow lend steal own protect attack defend win
print copy type press print design invent discover notice recognise accept refuse offer promise order serve prepare
decorate examine search rescue surprise frighten ignore blame forgive warn support raise lower reach leave enter cross
climb pass spread shake squeeze stretch bend tear bite scratch
"""

INTRANSITIVE = """
go come walk run jump hop swim fly fall rise sit stand lie sleep wake wait stay live die work rest play laugh cry smile
shout whisper talk speak sing dance listen look stare arrive leave return travel sail disappear appear happen grow shrink
shine burn melt freeze ring bark sneeze cough yawn breathe dream think hurry slip slide crawl climb float sink spin
rain tremble wander hide pause argue agree complain apologise vanish exercise relax
"""

IRREGULAR = """
see saw seen,hear heard heard,find found found,lose lost lost,keep kept kept,hold held held,bring brought brought,
take took taken,give gave given,send sent sent,show showed shown,tell told told,teach taught taught,read read read,
write wrote written,draw drew drawn,build built built,break broke broken,throw threw thrown,catch caught caught,
hit hit hit,feel felt felt,eat ate eaten,drink drank drunk,cut cut cut,sweep swept swept,wear wore worn,
buy bought bought,sell sold sold,pay paid paid,cost cost cost,choose chose chosen,hide hid hidden,seek sought sought,
lead led led,drive drove driven,ride rode ridden,fly flew flown,begin began begun,burn burnt burnt,light lit lit,
grow grew grown,feed fed fed,meet met met,know knew known,understand understood understood,forget forgot forgotten,
sing sang sung,lend lent lent,steal stole stolen,win won won,forgive forgave forgiven,leave left left,
spread spread spread,shake shook shaken,bend bent bent,tear tore torn,bite bit bitten,go went gone,come came come,
run ran run,swim swam swum,fall fell fallen,rise rose risen,sit sat sat,stand stood stood,lie lay lain,
sleep slept slept,wake woke woken,speak spoke spoken,shrink shrank shrunk,shine shone shone,freeze froze frozen,
ring rang rung,think thought thought,slide slid slid,sink sank sunk,spin spun spun,learn learnt learnt,
make made made,put put put,say said said,get got got,have had had,do did done,become became become,let let let
"""

DOUBLING = "stop drop plan chat hop wrap slip cut hit sit run swim win begin forget let put get spin shut rub hug grab"

IRREGULAR_PLURALS = """
man men,woman women,child children,mouse mice,tooth teeth,foot feet,goose geese,sheep sheep,fish fish,deer deer,
leaf leaves,loaf loaves,knife knives,wife wives,shelf shelves,thief thieves,wolf wolves,calf calves,half halves,
ox oxen,person people,moose moose,trousers trousers,scissors scissors,potato potatoes,tomato tomatoes,hero heroes,
salmon salmon,trout trout,postman postmen,fisherman fishermen,mango mangoes,mosquito mosquitoes,buffalo buffaloes,
volcano volcanoes,scarf scarves,stairs stairs,shrimp shrimps
"""

UNCOUNTED = """
bread milk water juice tea coffee rice sugar salt flour butter cheese honey jam paper sand mud dust snow rain wind smoke
grass music news advice money time work help luck trouble love health silence energy power knowledge weather soap
"""

NAMES = """
Anna Maria Emma Olivia Sophie Lucy Grace Alice Helen Julia Laura Sarah Rachel Rebecca Hannah Emily Charlotte Victoria
Elizabeth Margaret Catherine Jane Susan Linda Karen Nancy Betty Ruth Rose Clara Eva Nora Molly Daisy Zoe Chloe Fatima
Aisha Priya Mei Yuki Ingrid Carmen Rosa Tom Thomas John James William Henry George Charles Edward Robert Richard David
Michael Peter Paul Mark Andrew Simon Daniel Samuel Benjamin Joseph Adam Luke Jack Harry Oliver Oscar Leo Max Martin
Victor Walter Frank Fred Arthur Albert Philip Patrick Kevin Brian Steven Eric Carlos Pedro Ahmed Omar Ali Ivan Boris
Hans Pierre Marco Raj Ken Noah Ethan Jacob
"""

SURNAMES = "Smith Jones Brown Taylor Wilson Johnson Walker Wright Green Baker Hall Wood Clark Hill King Young Moore " \
           "White Harris Martin Cooper Parker Carter Murphy Kelly Morgan Bell Fisher Mason Hunter"

TOWNS = """
London Paris Berlin Rome Madrid Lisbon Vienna Prague Warsaw Athens Dublin Edinburgh Oxford Cambridge Manchester Liverpool
Bristol Leeds York Boston Chicago Washington Denver Dallas Toronto Montreal Sydney Melbourne Tokyo Moscow Cairo Delhi
Mumbai Amsterdam Brussels Copenhagen Stockholm Oslo Helsinki Budapest Venice Geneva Munich Hamburg Barcelona Nairobi
England Scotland Wales Ireland France Germany Spain Italy Portugal Greece Poland Sweden Norway Denmark Finland Russia
China Japan India Egypt Kenya Brazil Mexico Canada America Africa Europe Asia Australia
"""

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = "January February March April May June July August September October November December"
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth " \
           "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
UNITS = "metres kilometres miles feet inches centimetres kilograms pounds grams litres degrees minutes hours seconds " \
        "days weeks months years percent euros dollars pence cents points steps pages people times"

RARE = """
abandon absence absolute abstract academy accent access account achieve acid acre adapt adjust admit adult adventure
affair agency agent alarm album alcohol alphabet amateur ambition ancestor angle announce anxious apart apartment
appeal appetite application approach approve arch archive arena argument arrange arrow article assist atmosphere atom
attach attempt attention attitude audience author authority automatic award awkward axe bacteria balance bargain
barrier basic battle beneath benefit betray beyond billion biology blade blame blank bless blind block blossom boast
bold bomb bond bonus border bother bounce boundary breeze bribe brief brilliant broad budget bulk bullet bundle burden
burst bury cabin cabinet campaign canal cancel cancer candidate capable capital capture carve cash casual category
cautious cease celebrate celebrity ceremony challenge chamber champion channel character charge charity charm chase
cheat cheer chemical chemistry childhood chimney civil claim clay client climate cloth club clue coach coal code
collapse collar colony combine comedy command comment commerce commit committee communicate community companion compare
compete complex compose concept concern conclude concrete condition conduct confess confidence confirm conflict confuse
congress connect conscious consider constant construct consult contact contain content contest context contract
contrast contribute control convince copper core correspond corrupt cottage cotton council courage cousin crack craft
crash crawl crazy creation credit crime crisis critic crop crucial crush crystal cube cultivate curious current curse
curve cushion cycle damage dawn deaf deal debate debt decade decay decide declare decline decrease defeat define degree
delay delicate deliver demand democracy department depend deposit depth deserve desire despite destroy detect determine
develop device devil devote diet dig dignity dinner diploma disaster discipline discount disease dish dismiss display
distant distinct district disturb divide divorce domestic dominate donate doubt draft drag drain drama drift drill
drought drown drug due dull dumb duration dwarf eager earn echo economy educate effect efficient effort elbow elect
element elegant emerge emergency emotion emperor emphasis empire employ enable encounter encourage enemy enthusiasm
entire environment episode equipment era error escape essay essential establish estate estimate eternal ethnic evaluate
event evidence evil evolution exact exaggerate excess exchange exclude excuse execute exhibit exist expand expense
experience expert explode explore export expose express extend extent external extra extraordinary extreme eyebrow
fabric facility factor fade faint fair faith fame familiar fancy fashion fatal fate fault favour feast feature federal
fee fence fiction fierce figure finance firm flash flavour flesh flexible float flock flood flow fluid focus folk fond
formal former formula fortune forum fossil found fraction frame freedom frequent friction frown frustrate fuel function
fund funeral fur furniture fuse future gain galaxy gang gap gas gather gaze gender gene generate generous genius genre
genuine giant glance global glory glow glue govern grab grace gradual grain grant grasp grateful grave gravity greedy
grief grip gross guarantee guess guilty gulf gun habit halt handsome harm harmony harsh harvest haste haul heap heaven
hell heritage hesitate hint hire hollow holy honour horizon horror host household humble humour hunger hurt hybrid
hypothesis ideal identify identity image imagine impact imply import impress improve impulse incident include income
increase indeed independent index indicate individual industry infant infect inflation influence inform inherit initial
injure inner innocent inquiry insert insist inspect inspire install instance instinct institute instruct instrument
insult insurance intelligent intend intense interior internal interpret interrupt interview introduce invade invest
investigate iron isolate issue item ivory jail jaw jealous jewel joint journal judgement junior jury justice justify
keen kidney kneel knit knot label laboratory lack landscape laser laughter launch laundry layer league lean leap leather
lecture legend leisure lens level liberty licence lid limb limit link liquid literature liver load loan lobby locate
logic loose lord loss lounge loyalty lump lung luxury magic mainland maintain majority manner manual manufacture marble
margin marine marriage mass massive master mate material mathematics mature maximum mayor meanwhile mechanism media
membership mental merchant mercy mere merge merit mess metal method military mineral minimum minor minority miracle
misery mission mixture mobile moderate modest moral motion motive muscle mutual mystery myth narrative nation native
navy neat neglect negotiate nerve neutral nevertheless noble nonsense novel nuclear numerous obey object oblige obscure
observe obstacle obtain obvious occasion occupy occur oppose option oral orbit orchestra ordeal organ organise orphan
outcome output oven overall overcome owe oxygen pace pack paint pair panel panic parade paradise parliament particle
passage passion passive patch patent pattern pause peak peculiar penalty percentage perform perfume period permanent
permit persuade phase phenomenon philosophy phrase physical physics pilgrim pillar pinch pioneer pit pitch plain plot
poem poetry poison pole policy polish pollution pope popular population portion portrait pose possess poverty practice
praise pray precious precise predict prefer pregnant prejudice premium presence preserve prevent pride primary prime
principal principle priority privilege procedure proceed process produce product profession profile profit progress
project prominent proof proper property proportion propose prospect prosper protein protest prove provide province
provoke psychology publish pulse pump punch punish pupil purchase pure purpose pursue puzzle quality quantity quarrel
quarter quit quota quote radical rage rail range rapid rate ratio ray react reality realm rebel recall receipt receive
reception reckon recover recruit reduce refer reflect reform refuge regard region register regret regular reject relate
relative release relevant relief religion reluctant rely remain remark remedy remind remote rent replace reply
represent republic reputation require research resemble reserve resident resign resist resolve resource respect respond
restore restrict retain retire retreat reveal revenge revenue reverse review revise revolution reward rhythm rifle riot
risk ritual rival rob role romance rope rotate rough route routine royal rub rubber rubbish ruin rural rush sacred
sacrifice salary sample satisfy scale scandal scatter scene schedule scheme scholar scope score scream script seal
season seat section sector secure seize select senior sense sensitive separate sequence series session severe shade
shallow shame shelter shield shift shock shoot shrug sigh sight silk sincere site situation sketch slave slight slope
smart snap soap sole solid solution soul source space spare species specific spectacular spell spend sphere spirit
spite splendid split spoil sponsor spot stable staff stage stake stale standard steady steam steel steep stem stiff
stimulate sting stock strain strategy strength stress strict strike strip stroke structure struggle stuff style submit
substance succeed success suffer suggest suit sum summit super supply suppose supreme surface surgery surrender survey
survive suspect suspend swallow swear sweat swell swift swing sword symbol sympathy symptom syndrome tackle tale talent
target tax technique technology temper temporary tempt tend tension term territory terror text theme theory therapy
threat thrill throne tissue tobacco tone topic torture total tough tournament toxic trace track trade tradition tragedy
trail transfer transform translate transmit transport trap treasure treat treaty tremendous trend trial tribe trick
triumph tropical trunk truth twist typical tyranny ultimate undergo union unique unit unity universe update upset urban
urge urgent usual vacant vacuum vague vain valid vanity variety vary vast vehicle venture verb verdict verse version
vessel victim video vigour violent virtue virus visible vision vital vivid volume vote voyage vulnerable wage wander
warehouse waste weapon welfare wheat whereas width wilderness wisdom wit withdraw wool worship worth wound wreck wrist
yell yield youth zone
"""

# What the captions of describe-image's own small model name.
PICTURED = """
monkey,dog,cat,fox,bear,panda,koala,tiger,lion,cow,pig,frog,chicken,penguin,duck,owl,butterfly,snail,ladybird,honeybee,
spider,crab,octopus,tropical fish,dolphin,whale,elephant,camel,zebra,horse,rabbit,mouse,snake,turtle,hedgehog,bat,
crocodile,flamingo,peacock,sheep,cactus,palm tree,evergreen tree,sunflower,rose,tulip,mushroom,maple leaf,
four leaf clover,apple,banana,bunch of grapes,watermelon,lemon,pineapple,pear,pair of cherries,strawberry,kiwi,avocado,
carrot,maize cob,broccoli floret,aubergine,coconut,loaf of bread,cheese wedge,hamburger,pizza slice,hot dog,pretzel,
croissant,doughnut,birthday cake,ice cream,lollipop,frying pan,cup,beer mug,wine glass,car,bus,tractor,bicycle,
locomotive,rocket,helicopter,sailboat,anchor,traffic light,flying saucer,balloon,alarm clock,watch,telephone,
mobile phone,laptop,printer,camera,television,battery,light bulb,candle,key,lock,hammer,open book,envelope,present,
trophy,football,basketball,rugby ball,die,guitar,drum,trumpet,bell,umbrella,crown,top hat,sports shoe,high heel,shirt,
dress,satchel,handbag,chair,bed,door,bathtub,toilet,magnet,compass,hourglass,broom,gear,flame,droplet,snowflake,cloud,
sun,rainbow,lightning bolt,crescent moon,globe,house,castle,tent,snowman,pumpkin,ghost,skull,alien,robot,thumb,eye,ear,
mouth,gem,money bag,flag,target,bomb,shield,microphone,volcano,honey pot
"""
SHAPES = "circle square triangle star cross ring heart hexagon arrow line dot ball diamond pentagon oval crescent " \
         "rectangle ellipse"

# Small words and everyday ones that no slot of the grammar takes; they are mixed into loose words.
SMALL = """
ready own other such both either neither whether enough less least much ahead apart ago anybody anything anywhere anyway
myself yourself himself herself itself ourselves themselves mine yours hers ours theirs somewhere sometime somehow
everybody nobody none else even ever yet though although unless instead otherwise therefore however moreover besides
according during within without beyond beneath among throughout toward upon via per plus minus except despite like
hello goodbye please thanks sorry welcome okay maybe indeed rather quite around along across against towards upwards
downwards sideways backwards forwards away off onto into until while whose whom which what why how when where because
since than then this that these those few several many most more another each every some any all no not never always
being been having doing going getting making taking coming seeing looking using giving saying putting keeping letting
kept made said went gone took taken came got gotten gave given told put let knew known left held brought thought bought
built sent spent met ran stood lost won paid sat spoke broke chose drove grew hung hidden written spoken broken chosen
used able unable likely unlikely due available possible mainly mostly partly fully nearly hardly simply truly especially
generally normally actually basically eventually gradually originally apparently obviously unfortunately fortunately
online email website internet phone number screen click press select download upload update install delete save search
"""


def words(text):
    """The words of one of the lists above, each once, in order."""
    return list(dict.fromkeys(text.split()))


def phrases(text):
    """The entries of a list that commas separate."""
    return [entry.strip() for entry in text.replace("\n", " ").split(",")]


def table(text):
    """Rows of a list whose entries are separated by commas."""
    return [row.split() for row in text.replace("\n", " ").split(",") if row.strip()]
