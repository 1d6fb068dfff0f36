BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE annotations (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	annotation BIGINT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	task BIGINT NOT NULL, 
	task_created_at VARCHAR(40) NOT NULL, 
	annotator BIGINT, 
	unique_id VARCHAR(80), 
	prediction BLOB, 
	parent_prediction BIGINT, 
	submitted_at VARCHAR(40) NOT NULL, 
	version INTEGER NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	PRIMARY KEY (server, project, annotation, created_at)
);
INSERT INTO "annotations" VALUES('http://label-studio.test',1,1,'2026-11-26T21:04:18.765546Z',1,'2026-11-26T21:04:18.752689Z',1,'3d48c070-d5e8-4276-8fde-9421e6a680dc',NULL,NULL,'2026-11-26T21:04:18.765546Z',1,'standing');
INSERT INTO "annotations" VALUES('http://label-studio.test',1,2,'2026-11-26T21:04:18.774025Z',2,'2026-11-26T21:04:18.770048Z',1,'47d27921-65f2-41cf-8bb6-631d7e343871',NULL,NULL,'2026-11-26T21:04:18.774025Z',1,'standing');
INSERT INTO "annotations" VALUES('http://label-studio.test',1,3,'2026-11-26T21:04:18.780110Z',3,'2026-11-26T21:04:18.778051Z',1,'9211bd5c-9f2b-4338-bb2f-0a70853ff894',NULL,NULL,'2026-11-26T21:04:18.780110Z',1,'standing');
INSERT INTO "annotations" VALUES('http://label-studio.test',1,4,'2026-11-26T21:04:18.786050Z',4,'2026-11-26T21:04:18.782013Z',1,'af5be781-51c7-44bb-9d90-42dd70c37ad2',NULL,NULL,'2026-11-26T21:04:18.786050Z',1,'standing');
INSERT INTO "annotations" VALUES('http://label-studio.test',1,5,'2026-11-26T21:04:18.798108Z',5,'2026-11-26T21:04:18.790029Z',1,'626ca44f-06f0-4ac4-a9c9-d4a5611968fe',NULL,NULL,'2026-11-26T21:04:18.798108Z',1,'standing');
CREATE TABLE claims (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	task BIGINT NOT NULL, 
	owner VARCHAR(80) NOT NULL, 
	until VARCHAR(40) NOT NULL, 
	PRIMARY KEY (server, project, task)
);
CREATE TABLE contents (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	annotation BIGINT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	version INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	stored_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (server, project, annotation, created_at, version)
);
INSERT INTO "contents" VALUES('http://label-studio.test',1,1,'2026-11-26T21:04:18.765546Z',1,'623e26a33d5c5b63115f2407de7301a10cdc59a01030ea7d8e1b45bf49e980bd',X'789C8D91D16E83300C45FFC5CFB422A86513DFB1A75555E4824BB3990485A41B42FCFB1C0A9ABAA73D253937F1F57526300D542A034F43E400D56902E74D6B2CB2FE324DB8899AE7D92FBC91696F61A5A6C396B47701837116AA84A41E7805195CBDEBB4C58E12A03AA06D998407B7D1E5792263FF7489F1423C8870478EA24CF09D0C33181FCBDA5891C1D64D91EF853F35F2B75A7502A621A9E779CB23A61DDA880CF359CAE2A06BB4353193A4B8220F9441EB5DB48D0E3E26CF15D69E3050A351BCA1C88B72A7D4AE28DF0A55E5874ABDEE5FCAE3F150BE4B86D837FFBDCA846264D26C54CAD3A3271B74EFA931F523988DCC32301C3E976FEBBDFB909CCBBE765DCF94AC2EE30236E7E538FF0079B99C94','2026-11-26T21:04:18.924395Z');
INSERT INTO "contents" VALUES('http://label-studio.test',1,2,'2026-11-26T21:04:18.774025Z',1,'4fad583889689148219945ebbaddab3d35913808cfda45744d80eb794a2dcdc6',X'789C8D91C16EC2300C86DFC5E7829A88C194E7D8690845A635259B9B5469C25621DE7D4EA19AD869A7C49F1DFFFE9D2BB8168CAE20D2983981D95F2144D7398F6CBF5C9BCE60545D57BFF04CAE3BA707753D76646348985CF0600A927E101554708AA1B71E7B2A809A84BE63129EC242E7E7854CC35311E3917894C405394BE60ADF45B082E97E3C06D3725DC6D1F55AA2A749FEB6337B601A4BF6705B0C896A8F3E23C3ED207D71B40DFA8698496C9C9047AAA08B21FBD6A6988BE803369130516B51B441D77ABB526AA5B76F5A997A63D4EB7AB7DBD4FAE55D4CE4A1FD6F29138A902BCB51C5CF80917CB243A4D63577633E33CBC670FC9CFF6D88E1437C4ABDCC14FA81A9481DA7192CCA7378FB01EA679CB6','2026-11-26T21:04:19.018279Z');
INSERT INTO "contents" VALUES('http://label-studio.test',1,3,'2026-11-26T21:04:18.780110Z',1,'cced29e85a4cbeb2f05de619ef988102b2f7c88926645dba4f882d753323834f',X'789C8D91C16EC3200C86DFC5E7B40AD9D4453CC74EAB2AE4266ECAE60022B02DAAFAEE3369A3A93BED84F96CFCFB3717B03DE8A70A224D9913E8FD057CB48375C8E6CBF6E90C5AD575F50BCF648773BA533BE24026FA84C97A07BA20E907514105A7E847E370A402A84BE80626E1C9AF74795EC81C1E8A188FC493243E91B3642EF05D042B986FC77DB056C2759C123FCCF1B799DE03D354B287EB6A473447741919AE07E98A93E9D075C44C62E2843C510543F4D9F526C55C24EFB08B84897A83A20C4DDDEC364A6D9ADD6BA374FDAC55BB7D696BA5EA37B19043FFDF522614215B56A3B662216024974C88D4DBEE66CC6566D9174E1FCBAF85E8DFC5A7D4CB4C7E0C4C45EA382F60555EAED71F065D9C56','2026-11-26T21:04:19.076470Z');
INSERT INTO "contents" VALUES('http://label-studio.test',1,4,'2026-11-26T21:04:18.786050Z',1,'52946256143e97714f78dd487266c4846fec46bb6b6b3c7b76c662b5e06f3633',X'789C8D8ECD0EC2201084DF65CFB481A6D686E7F0A4310461557405C24F8C31BEBBD844CF1E777666BE7982B32047060973A50272B76770D75919ED0D1261FB1E356564704AA17AAB4AAAE5FC134D425DD02ADDA230F061EA84E886693308C94729E67E3D4F7CC5B7C0A046FBAF95503790BB2148D173065127F445C584D699E28207E92B1183A2F375991F53B8A069CDA26D0AB748F8411D1E8BF0252FE7EB0DB5054B2D','2026-11-26T21:04:19.139407Z');
INSERT INTO "contents" VALUES('http://label-studio.test',1,5,'2026-11-26T21:04:18.798108Z',1,'a7f64c7c1b6fc6f89d64716fa4b3fd72b148273cf77dade2bbabc3450dd04589',X'789CBD92C14EC3300C86DFC5E76E6A221823CFC189698ABCD6EB026E52A509304D7B779C6E151A272410A7249F1DFFFE9D9CC0B560EE2B8834664E60362708D175CE23DB77D7A6031855D7D5173C90EB0EE94A5D8F1DD9181226173C9882A41E440515EC63E8ADC79E0AA026A1EF9884A730D3E97A21C7E1268971473C4AE00D394BE4041F45B082E365B936A6653BB7A3EBA59C6E3AF95ECE6C80692CD1ED793624AA3DFA8C0CE7EA6F9CEBFF77FE3BDF5BA98AA36DD037C44C62628F3C52055D0CD9B736C55C24AFB08984895A8BA20CBAD6AB85520BBD7AD2CAD47746AD970F8F6B55AF9FC5421EDA9FA632A108B9321A55DE71C0483ED92152EB9A8B319F99655E38BE4EFF7588E1457C4ABEF414FA81A948ED8E139895A7E3F913A706EE2A','2026-11-26T21:04:19.183102Z');
CREATE TABLE escalations (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	task BIGINT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	route VARCHAR(80) NOT NULL, 
	readers INTEGER NOT NULL, 
	since VARCHAR(40) NOT NULL, 
	due VARCHAR(40), 
	state VARCHAR(10) NOT NULL, 
	PRIMARY KEY (server, project, task, created_at, route)
);
INSERT INTO "escalations" VALUES('http://label-studio.test',1,3,'2026-11-26T21:04:18.778051Z','specialist',2,'2026-11-26T21:04:18.780110Z','2026-11-27T21:04:18.780110Z','opened');
CREATE TABLE inbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	task BIGINT, 
	annotation BIGINT, 
	created_at VARCHAR(40), 
	updated_at VARCHAR(40), 
	unique_id VARCHAR(80), 
	prediction BLOB, 
	digest VARCHAR(64) NOT NULL, 
	received_at VARCHAR(40) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	starts INTEGER NOT NULL, 
	waits INTEGER NOT NULL, 
	not_before VARCHAR(40) NOT NULL, 
	reason TEXT NOT NULL
);
INSERT INTO "inbox" VALUES(1,'http://label-studio.test',1,'TASKS_CREATED',NULL,NULL,NULL,NULL,NULL,NULL,'085e577b3945733c01782ed7f6c443fdd80a785c1a1406772cdc49524187d5e0','2026-11-26T21:04:18.753049Z','done',0,0,'','');
INSERT INTO "inbox" VALUES(2,'http://label-studio.test',1,'ANNOTATION_CREATED',1,1,'2026-11-26T21:04:18.765546Z','2026-11-26T21:04:18.765546Z','3d48c070-d5e8-4276-8fde-9421e6a680dc',NULL,'9829286eb27fe9146e233e50471617fb62864b623dc4a99ad2ac6d14fe5397a7','2026-11-26T21:04:18.766020Z','done',1,0,'','');
INSERT INTO "inbox" VALUES(3,'http://label-studio.test',1,'TASKS_CREATED',NULL,NULL,NULL,NULL,NULL,NULL,'a0df1b426ca8cdf6f0d7473502c7349aa47121dd3a280388d8c7d8d673ebf286','2026-11-26T21:04:18.770324Z','done',0,0,'','');
INSERT INTO "inbox" VALUES(4,'http://label-studio.test',1,'ANNOTATION_CREATED',2,2,'2026-11-26T21:04:18.774025Z','2026-11-26T21:04:18.774025Z','47d27921-65f2-41cf-8bb6-631d7e343871',NULL,'50bdd4da8b6e9e1e774e312287bb59cc38df466249afddde77b710f9d0054c9e','2026-11-26T21:04:18.774341Z','done',1,0,'','');
INSERT INTO "inbox" VALUES(5,'http://label-studio.test',1,'TASKS_CREATED',NULL,NULL,NULL,NULL,NULL,NULL,'4a2f4d412cef71ef83e2524679748e8f06ce48d2d2233669216b486bd04e5e98','2026-11-26T21:04:18.778314Z','done',0,0,'','');
INSERT INTO "inbox" VALUES(6,'http://label-studio.test',1,'ANNOTATION_CREATED',3,3,'2026-11-26T21:04:18.780110Z','2026-11-26T21:04:18.780110Z','9211bd5c-9f2b-4338-bb2f-0a70853ff894',NULL,'e8d0106903a442c9d2b5f7b9ee24d08f3bac4675780c799c857468ccbc990e0e','2026-11-26T21:04:18.780397Z','done',1,0,'','');
INSERT INTO "inbox" VALUES(7,'http://label-studio.test',1,'TASKS_CREATED',NULL,NULL,NULL,NULL,NULL,NULL,'479de086d9958754c467d1028ee93c7e0a28284ad013f53dde5798ca3132658e','2026-11-26T21:04:18.782212Z','done',0,0,'','');
INSERT INTO "inbox" VALUES(8,'http://label-studio.test',1,'ANNOTATION_CREATED',4,4,'2026-11-26T21:04:18.786050Z','2026-11-26T21:04:18.786050Z','af5be781-51c7-44bb-9d90-42dd70c37ad2',NULL,'b5861abe1ea5efdc2e8e88cd7e8f0842a102702b3499c37f491d25739bf039de','2026-11-26T21:04:18.786332Z','done',1,0,'','');
INSERT INTO "inbox" VALUES(9,'http://label-studio.test',1,'TASKS_CREATED',NULL,NULL,NULL,NULL,NULL,NULL,'b0c3fe924dd8dae6884f4b9fa22906ee45770193b7e7be0d837505cb922e55f7','2026-11-26T21:04:18.790258Z','done',0,0,'','');
INSERT INTO "inbox" VALUES(10,'http://label-studio.test',1,'ANNOTATION_CREATED',5,5,'2026-11-26T21:04:18.798108Z','2026-11-26T21:04:18.798108Z','626ca44f-06f0-4ac4-a9c9-d4a5611968fe',NULL,'34ab6fde669550642953b444f9fb6383d10cb18012511da492507b67886d1b81','2026-11-26T21:04:18.798504Z','done',1,0,'','');
CREATE TABLE predictions (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	prediction BIGINT NOT NULL, 
	task BIGINT NOT NULL, 
	annotation BIGINT NOT NULL, 
	made_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (server, project, prediction)
);
CREATE TABLE projects (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	valid_from VARCHAR(40) NOT NULL, 
	guideline VARCHAR(80) NOT NULL, 
	version VARCHAR(40) NOT NULL, 
	plan_digest VARCHAR(64) NOT NULL, 
	"plan" TEXT NOT NULL, 
	PRIMARY KEY (server, project, valid_from)
);
INSERT INTO "projects" VALUES('http://label-studio.test',1,'2020-01-01T00:00:00.000000Z','lesions','1.0.0','5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8','{
  "checks": [
    {
      "clause": "Whole image, Sureness",
      "parameters": {
        "attribute": "sure",
        "options": [
          "certain",
          "unsure"
        ],
        "title": "Sureness"
      },
      "rule": "attribute-in-range"
    },
    {
      "clause": "Whole image, Sureness",
      "parameters": {
        "attribute": "sure",
        "title": "Sureness"
      },
      "rule": "choose-one"
    },
    {
      "clause": "Every submission",
      "level": "note",
      "parameters": {},
      "rule": "clean-vertices"
    },
    {
      "clause": "Lesion, count",
      "parameters": {
        "classes": [
          "lesion"
        ],
        "max": 3,
        "title": "Lesion"
      },
      "rule": "count-limits"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "decodable-mask"
    },
    {
      "clause": "Classes, how to draw",
      "parameters": {
        "allowed": {
          "lesion": [
            "rectangle"
          ]
        }
      },
      "rule": "drawn-with-allowed-tool"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "inside-image"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "known-control"
    },
    {
      "clause": "Classes, labels",
      "parameters": {
        "classes": {
          "Lesion": "lesion",
          "lesion": "lesion"
        }
      },
      "rule": "known-label"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "known-parent"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "labelled-region"
    },
    {
      "clause": "Every submission",
      "level": "warning",
      "parameters": {},
      "rule": "mask-kept"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "no-duplicate-regions"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "one-version-of-image-rotation"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "readable-items"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "relation-endpoints-exist"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "size-matches-image"
    },
    {
      "clause": "Empty reading",
      "parameters": {
        "empty_is_an_answer": true
      },
      "rule": "something-marked-or-said"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "unique-region-ids"
    },
    {
      "clause": "Every submission",
      "parameters": {},
      "rule": "well-formed-shape"
    },
    {
      "classes": [
        "lesion"
      ],
      "clause": "Lesion, boundary",
      "note": "Mark it wide enough.",
      "parameters": {
        "min_mm2": 100.0
      },
      "rule": "area-limits"
    },
    {
      "clause": "Whole submission, answer matches regions",
      "parameters": {
        "absent": [
          "unsure"
        ],
        "attribute": "sure",
        "title": "Sureness"
      },
      "rule": "answer-matches-regions"
    },
    {
      "classes": [
        "lesion"
      ],
      "clause": "Escalation, large",
      "escalates_to": "specialist",
      "note": "Large ones are read twice.",
      "parameters": {
        "max_mm2": 2000.0
      },
      "rule": "area-limits"
    }
  ],
  "digest": "5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8",
  "format": 1,
  "guideline": {
    "name": "lesions",
    "title": "Lesions of the skin",
    "version": "1.0.0"
  },
  "return_of_work": {
    "mode": "keep",
    "requeue_after_minutes": 30.0
  },
  "routes": {
    "specialist": {
      "readers": 2,
      "who": "Dermatologist",
      "within_hours": 24.0
    }
  },
  "vocabulary": {
    "attributes": {
      "sure": {
        "controls": [
          "sure"
        ],
        "kind": "choice",
        "options": {
          "certain": [
            "certain",
            "Certain"
          ],
          "unsure": [
            "unsure",
            "Unsure"
          ]
        },
        "per": "image",
        "title": "Sureness",
        "unit": ""
      }
    },
    "classes": {
      "lesion": {
        "border": "inner",
        "excluded_from": null,
        "labels": [
          "lesion",
          "Lesion"
        ],
        "title": "Lesion",
        "tools": [
          "rectangle"
        ]
      }
    },
    "geometry_controls": {
      "rectangle": [
        "rectangle"
      ]
    },
    "image": {
      "columns": "Columns",
      "image": "image",
      "modality": "Modality",
      "pixel_spacing": "PixelSpacing",
      "position": "ImagePositionPatient",
      "position_z": "ImagePositionPatientZ",
      "rows": "Rows",
      "series_uid": "SeriesInstanceUID",
      "sop_uid": "SOPInstanceUID"
    },
    "object_name": "meta.text"
  }
}
');
CREATE TABLE requeues (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	annotation BIGINT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	task BIGINT NOT NULL, 
	due VARCHAR(40) NOT NULL, 
	prediction BIGINT, 
	state VARCHAR(10) NOT NULL, 
	changed_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (server, project, annotation, created_at)
);
CREATE TABLE sweeps (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	swept_to VARCHAR(40) NOT NULL, 
	full_at VARCHAR(40) NOT NULL, 
	problem TEXT NOT NULL, 
	PRIMARY KEY (server, project)
);
CREATE TABLE tasks (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	task BIGINT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	seen_updated_at VARCHAR(40) NOT NULL, 
	written_digest VARCHAR(16) NOT NULL, 
	written_at VARCHAR(40) NOT NULL, 
	writes INTEGER NOT NULL, 
	PRIMARY KEY (server, project, task, created_at)
);
INSERT INTO "tasks" VALUES('http://label-studio.test',1,1,'2026-11-26T21:04:18.752689Z','2026-11-26T21:04:18.954931Z','d8f3601ede09fe80','2026-11-26T21:04:18.957437Z',1);
INSERT INTO "tasks" VALUES('http://label-studio.test',1,2,'2026-11-26T21:04:18.770048Z','2026-11-26T21:04:19.030940Z','68b4b2ee53bb9fac','2026-11-26T21:04:19.032703Z',1);
INSERT INTO "tasks" VALUES('http://label-studio.test',1,3,'2026-11-26T21:04:18.778051Z','2026-11-26T21:04:19.091210Z','adecc45cc03389af','2026-11-26T21:04:19.092664Z',1);
INSERT INTO "tasks" VALUES('http://label-studio.test',1,4,'2026-11-26T21:04:18.782013Z','2026-11-26T21:04:19.150647Z','76f9d6f8d906bbbd','2026-11-26T21:04:19.152154Z',1);
INSERT INTO "tasks" VALUES('http://label-studio.test',1,5,'2026-11-26T21:04:18.790029Z','2026-11-26T21:04:19.198872Z','2707dbff0c993c06','2026-11-26T21:04:19.200293Z',1);
CREATE TABLE verdicts (
	server VARCHAR(300) NOT NULL, 
	project INTEGER NOT NULL, 
	annotation BIGINT NOT NULL, 
	created_at VARCHAR(40) NOT NULL, 
	version INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	decision VARCHAR(20) NOT NULL, 
	verdict TEXT NOT NULL, 
	plan_digest VARCHAR(64) NOT NULL, 
	engine VARCHAR(40) NOT NULL, 
	judged_at VARCHAR(40) NOT NULL, 
	is_current BOOLEAN NOT NULL, 
	PRIMARY KEY (server, project, annotation, created_at, version, digest)
);
INSERT INTO "verdicts" VALUES('http://label-studio.test',1,1,'2026-11-26T21:04:18.765546Z',1,'0a037dd49b033745cd0a191abe0027de3a80930372974ec670259a617a9cd5a1','returned','{"subject":{"kind":"submission","task":"1","annotation":"1","series":"","annotator":""},"guideline":"lesions 1.0.0","plan_digest":"5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8","engine":"0.1.0","findings":[{"id":"a5e21b4dc8d236bf","rule":"area-limits","kind":"too-small","outcome":"departs","level":"error","parts":[{"text":"the area of ","is_evidence":false},{"text":"40.0 mm²","is_evidence":true},{"text":" is below ","is_evidence":false},{"text":"100.0 mm²","is_evidence":true}],"do":"Mark it wide enough.","regions":[{"id":"r1","title":"Region 1 Lesion","class_name":"lesion","number":1,"task":"","annotation":""}],"evidence":{"area":{"value":40.0,"unit":"mm²"},"limit":{"value":100.0,"unit":"mm²"}},"clause":"Lesion, boundary","escalates_to":null,"place":null}],"decision":"returned","escalations":[]}','5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8','0.1.0','2026-11-26T21:04:18.935922Z',1);
INSERT INTO "verdicts" VALUES('http://label-studio.test',1,2,'2026-11-26T21:04:18.774025Z',1,'ae7b2e6590592fcf038eafac0d7c451ad7e6c5c27ce2d712349bea79bc65167f','accepted','{"subject":{"kind":"submission","task":"2","annotation":"2","series":"","annotator":""},"guideline":"lesions 1.0.0","plan_digest":"5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8","engine":"0.1.0","findings":[],"decision":"accepted","escalations":[]}','5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8','0.1.0','2026-11-26T21:04:19.019464Z',1);
INSERT INTO "verdicts" VALUES('http://label-studio.test',1,3,'2026-11-26T21:04:18.780110Z',1,'62a796c79e2360c1ee4980a692b3c605c004819e7bd81cd9427186d7fd9cbdfa','escalated','{"subject":{"kind":"submission","task":"3","annotation":"3","series":"","annotator":""},"guideline":"lesions 1.0.0","plan_digest":"5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8","engine":"0.1.0","findings":[{"id":"56aafcda7080d3ea","rule":"area-limits","kind":"too-large","outcome":"departs","level":"error","parts":[{"text":"the area of ","is_evidence":false},{"text":"6400.0 mm²","is_evidence":true},{"text":" is above ","is_evidence":false},{"text":"2000.0 mm²","is_evidence":true}],"do":"Large ones are read twice.","regions":[{"id":"r1","title":"Region 1 Lesion","class_name":"lesion","number":1,"task":"","annotation":""}],"evidence":{"area":{"value":6400.0,"unit":"mm²"},"limit":{"value":2000.0,"unit":"mm²"}},"clause":"Escalation, large","escalates_to":"specialist","place":null}],"decision":"escalated","escalations":[{"route":"specialist","findings":["56aafcda7080d3ea"]}]}','5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8','0.1.0','2026-11-26T21:04:19.077494Z',1);
INSERT INTO "verdicts" VALUES('http://label-studio.test',1,4,'2026-11-26T21:04:18.786050Z',1,'8979e95ae02818054e5e83602d9c06f6325fa260b5e586dae7c31b0051577ec0','accepted','{"subject":{"kind":"submission","task":"4","annotation":"4","series":"","annotator":""},"guideline":"lesions 1.0.0","plan_digest":"5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8","engine":"0.1.0","findings":[],"decision":"accepted","escalations":[]}','5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8','0.1.0','2026-11-26T21:04:19.140526Z',1);
INSERT INTO "verdicts" VALUES('http://label-studio.test',1,5,'2026-11-26T21:04:18.798108Z',1,'4a122e32e79e6068e8006291e37b98737cecee8fc0316f6c1ec0e2e116ceb8e3','returned','{"subject":{"kind":"submission","task":"5","annotation":"5","series":"","annotator":""},"guideline":"lesions 1.0.0","plan_digest":"5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8","engine":"0.1.0","findings":[{"id":"2b35d27fb11f0247","rule":"no-duplicate-regions","kind":"same-area","outcome":"departs","level":"error","parts":[{"text":"one repeats the other: ","is_evidence":false},{"text":"100.0 %","is_evidence":true},{"text":" of their area is the same","is_evidence":false}],"do":"Delete one of the two.","regions":[{"id":"r2","title":"Region 2 Lesion","class_name":"lesion","number":2,"task":"","annotation":""},{"id":"r1","title":"Region 1 Lesion","class_name":"lesion","number":1,"task":"","annotation":""}],"evidence":{"shared":{"value":100.0,"unit":"%"}},"clause":"Every submission","escalates_to":null,"place":null}],"decision":"returned","escalations":[]}','5bae2fa16b256dc7c6b920dbe3e43b98c762b525d0fd37225d699dad8670f3f8','0.1.0','2026-11-26T21:04:19.184101Z',1);
CREATE INDEX annotations_annotator ON annotations (server, project, annotator, submitted_at);
CREATE INDEX annotations_task ON annotations (server, project, task);
CREATE INDEX inbox_pending_order ON inbox (seq) WHERE state = 'pending';
CREATE INDEX inbox_pending_task ON inbox (task, seq) WHERE state = 'pending';
CREATE UNIQUE INDEX inbox_server_project ON inbox (server, project, seq);
CREATE UNIQUE INDEX verdicts_one_current ON verdicts (server, project, annotation, created_at) WHERE is_current;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('inbox',10);
COMMIT;
