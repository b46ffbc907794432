"""A Register of Information as a package, invented, for tests: a folder of xBRL-CSV tables or a ZIP file of it.

Three providers under two parents, a subcontractor that is nobody's direct provider, three functions.
"""

import os
import zipfile

NAME = "TESTLEI0000000000000.IND_IE_DORA010100_DORA_2025-12-31_20260110080000000"
LEI = "eba_qCO:qx2000"
TABLES = {
    "parameters.csv": "name,value\nentityID,rs:TESTLEI0000000000000.IND\nrefPeriod,2025-12-31\nbaseCurrency,iso4217:EUR\ndecimalsMonetary,-3\n",
    "FilingIndicators.csv": "templateID,reported\nB_02.01,true\n",
    "b_02.01.csv": "c0010,c0020,c0030,c0040,c0050\nK-1,eba_CO:x1,,eba_CU:EUR,1000000\nK-2,eba_CO:x1,,eba_CU:EUR,600000\n"
                   "K-3,eba_CO:x1,,eba_CU:USD,400000\nK-4,eba_CO:x3,K-1,eba_CU:EUR,200000\n",
    "b_02.02.csv": ",".join(f"c{n:04}" for n in range(10, 190, 10)) + "\n"
                   f"K-1,E1,ALPHA,{LEI},F1,eba_TA:S17,2024-01-01,2026-12-31,,90,180,eba_GA:IE,eba_GA:IE,eba_BT:x28,eba_GA:IE,eba_GA:IE,eba_ZZ:x793,eba_ZZ:x797\n"
                   f"K-1,E1,ALPHA,{LEI},F2,eba_TA:S17,2024-01-01,2026-12-31,,90,120,eba_GA:IE,eba_GA:DE,eba_BT:x28,eba_GA:DE,eba_GA:DE,eba_ZZ:x792,eba_ZZ:x796\n"
                   f"K-2,E1,BETA,{LEI},F1,eba_TA:S18,2025-03-01,2027-02-28,,30,60,eba_GA:IE,eba_GA:FR,eba_BT:x28,eba_GA:US,eba_GA:FR,eba_ZZ:x793,eba_ZZ:x796\n"
                   f"K-3,E1,GAMMA,{LEI},F2,eba_TA:S19,2024-06-01,9999-12-31,,30,,eba_GA:US,eba_GA:US,eba_BT:x29,,eba_GA:US,,eba_ZZ:x795\n"
                   f"K-3,E1,GAMMA,{LEI},F3,eba_TA:S19,2024-06-01,9999-12-31,,30,,eba_GA:US,eba_GA:US,eba_BT:x29,,eba_GA:US,,eba_ZZ:x795\n",
    "b_05.01.csv": ",".join(f"c{n:04}" for n in range(10, 130, 10)) + "\n"
                   f"ALPHA,{LEI},,,Alpha Cloud,Alpha Cloud,eba_CT:x212,eba_GA:IE,eba_CU:EUR,1200000,HOLDING,{LEI}\n"
                   f"BETA,{LEI},,,Beta Platform,Beta Platform,eba_CT:x212,eba_GA:FR,eba_CU:EUR,600000,HOLDING,{LEI}\n"
                   f"GAMMA,{LEI},,,Gamma,Gamma Software,eba_CT:x212,eba_GA:US,eba_CU:USD,400000,GAMMA,{LEI}\n"
                   f"DELTA,{LEI},,,Delta Hosting,Delta Hosting,eba_CT:x212,eba_GA:SE,eba_CU:EUR,0,DELTA,{LEI}\n",
    "b_05.02.csv": "c0010,c0020,c0030,c0040,c0050,c0060,c0070\n"
                   f"K-1,eba_TA:S17,ALPHA,{LEI},1,,\nK-2,eba_TA:S18,BETA,{LEI},1,,\nK-2,eba_TA:S07,DELTA,{LEI},2,BETA,{LEI}\n"
                   f"K-3,eba_TA:S19,GAMMA,{LEI},1,,\nK-3,eba_TA:S17,ALPHA,{LEI},2,GAMMA,{LEI}\n",
    "b_06.01.csv": "c0010,c0020,c0030,c0040,c0050,c0060,c0070,c0080,c0090,c0100\n"
                   "F1,eba_TA:x28,Payments,E1,eba_BT:x28,Customers,2025-10-01,4,1,eba_ZZ:x793\n"
                   "F2,eba_TA:x163,Lending,E1,eba_BT:x28,,2025-10-01,24,8,eba_ZZ:x792\n"
                   "F3,eba_TA:x163,Newsletter,E1,eba_BT:x29,,2025-10-01,72,,eba_ZZ:x791\n",
    "b_07.01.csv": ",".join(f"c{n:04}" for n in range(10, 130, 10)) + "\n"
                   f"K-1,ALPHA,{LEI},eba_TA:S17,eba_ZZ:x959,eba_ZZ:x963,2025-06-30,eba_BT:x29,eba_ZZ:x967,eba_ZZ:x793,eba_BT:x29,\n"
                   f"K-2,BETA,{LEI},eba_TA:S18,eba_ZZ:x961,,2025-06-30,eba_BT:x28,eba_ZZ:x966,eba_ZZ:x793,eba_BT:x28,Omega\n"
                   f"K-3,GAMMA,{LEI},eba_TA:S19,eba_ZZ:x962,,2025-03-31,eba_BT:x28,eba_ZZ:x798,eba_ZZ:x792,eba_BT:x21,\n",
}


def write_folder(folder, tables=None):
    """The path of the package in `folder`."""
    package = os.path.join(folder, NAME)
    for sub in ("META-INF", "reports"):
        os.makedirs(os.path.join(package, sub), exist_ok=True)
    with open(os.path.join(package, "META-INF", "reportPackage.json"), "w", encoding="utf-8") as out:
        out.write('{"documentInfo":{"documentType":"https://xbrl.org/report-package/2023"}}')
    for name, text in (tables or TABLES).items():
        with open(os.path.join(package, "reports", name), "w", encoding="utf-8") as out:
            out.write(text)
    return package


def write_zip(folder, tables=None, compression=zipfile.ZIP_DEFLATED):
    path = os.path.join(folder, NAME + ".zip")
    with zipfile.ZipFile(path, "w", compression) as out:
        out.writestr(f"{NAME}/META-INF/reportPackage.json", "{}")
        for name, text in (tables or TABLES).items():
            out.writestr(f"{NAME}/reports/{name}", text)
    return path
